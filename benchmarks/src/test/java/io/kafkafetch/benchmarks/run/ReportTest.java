package io.kafkafetch.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The answer to a question")
final class ReportTest {
  private static final Series LOOP = series("the loop", Role.LIMIT, 1000, 1200, 900);
  private static final Series OURS = series("ours", Role.OURS, 800, 900, 850);
  private static final Report REPORT =
      new Report(
          "some-sink",
          List.of("10 records"),
          List.of(LOOP, OURS),
          List.of(
              new Comparison("ours", "the loop", Comparison.Kind.AT_LEAST, 0.80),
              new Comparison("ours", "the loop", Comparison.Kind.AT_LEAST, 0.95)));

  @Test
  void isAboutMediansAndHowFarTheRoundsLieApart() {
    assertEquals(1000, LOOP.median());
    assertEquals(0.3, LOOP.spread(), 1e-9);
    assertEquals(15, series("even", Role.PEER, 10, 20).median());
  }

  @Test
  void saysWhatWasReachedAndWhetherThatIsEnough() {
    var text = Table.of(REPORT);

    assertTrue(text.contains("| ours     | ours  | 850    | records/s | 12 %   |"), text);
    assertTrue(text.contains("| ours | the loop | 0.85 × | ≥ 0.80 | yes     |"), text);
    assertTrue(text.contains("| ours | the loop | 0.85 × | ≥ 0.95 | no      |"), text);
  }

  @Test
  void isReadAgainFromItsRawResults(@TempDir Path folder) throws IOException {
    RawResults.write(folder, REPORT, List.of("2 cores"));

    assertEquals(List.of(LOOP, OURS), RawResults.read(folder.resolve("some-sink.csv")));
  }

  @Test
  void isDrawnWithADotForEachRound(@TempDir Path folder) throws IOException {
    RawResults.write(folder, REPORT, List.of());

    Plots.draw(folder, folder);

    var drawn = Files.readString(folder.resolve("some-sink.svg"));
    assertEquals(6, drawn.split("<circle").length - 1);
    assertTrue(drawn.contains(">the loop</text>"), drawn);
  }

  private static Series series(String name, Role role, double... values) {
    return new Series(
        name,
        role,
        "records/s",
        java.util.Arrays.stream(values).mapToObj(value -> new Measure(value, 1.5, 1024)).toList());
  }
}
