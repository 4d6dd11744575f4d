package io.kafkafetch.adapter.http.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.adapter.http.metrics.LabelledRuns.Labelled;
import io.kafkafetch.application.driving.ConsumerInsight.Counts;
import io.kafkafetch.application.driving.ConsumerInsight.Wellness;
import io.kafkafetch.application.driving.ServerActivity.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Consumers with labels of their own")
class LabelledRunsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private final LabelledRuns runs = new LabelledRuns(2);

  private static Run run(String id, long consumed) {
    return new Run(
        id,
        "orders",
        "group-" + id,
        Wellness.HEALTHY,
        new Counts(consumed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        consumed,
        Optional.of(NOON.plusSeconds(consumed)));
  }

  /** Who has which count. */
  private Map<String, Long> consumed(Run... those) {
    return runs.of(List.of(those)).stream()
        .collect(Collectors.toMap(Labelled::consumer, run -> run.counts().recordsConsumed()));
  }

  @Test
  void areNoMoreThanThereMayBe() {
    var all = runs.of(List.of(run("a", 1), run("b", 2), run("c", 3), run("d", 4)));

    assertEquals(List.of("a", "b", "other"), all.stream().map(Labelled::consumer).toList());
    var others = all.getLast();
    assertEquals(List.of("", ""), List.of(others.topic(), others.group()));
    assertEquals(7, others.counts().recordsConsumed());
    assertEquals(7, others.lag());
    assertEquals(Optional.of(NOON.plusSeconds(4)), others.lastProgressAt());
    assertEquals(Map.of(Wellness.HEALTHY, 2), others.healths());
  }

  @Test
  void keepThemWhoeverComes() {
    consumed(run("m", 1), run("n", 1));

    assertEquals(
        Map.of("m", 1L, "n", 1L, "other", 5L), consumed(run("a", 5), run("m", 1), run("n", 1)));
  }

  @Test
  @DisplayName("leave a place to one of the others, and what those counted together stays")
  void makeRoom() {
    consumed(run("a", 1), run("b", 1), run("c", 5));

    assertEquals(Map.of("a", 1L, "c", 6L, "other", 5L), consumed(run("a", 1), run("c", 6)));
  }

  @Test
  void thatComeBackAsOneOfTheOthersCountFromThere() {
    consumed(run("a", 100), run("b", 1));
    consumed(run("b", 1), run("c", 1));

    assertEquals(
        Map.of("b", 1L, "c", 1L, "other", 3L), consumed(run("a", 103), run("b", 1), run("c", 1)));
  }

  @Test
  void neverCountBackWhenOneOfTheOthersGoes() {
    consumed(run("a", 1), run("b", 1), run("c", 7), run("d", 3));

    assertEquals(
        Map.of("a", 1L, "b", 1L, "other", 11L), consumed(run("a", 1), run("b", 1), run("d", 4)));
    assertEquals(Map.of("a", 1L, "b", 1L, "other", 11L), consumed(run("a", 1), run("b", 1)));
  }

  @Test
  void areAllThereIsWhereThereAreFew() {
    assertEquals(Map.of("a", 1L), consumed(run("a", 1)));
    assertEquals(Map.of(), consumed());
  }
}
