package io.kafkafetch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Sources")
final class SizesTest {
  /** Each with the reason why it cannot be two. */
  private static final Set<String> EXCEPTIONS = Set.of();

  @Test
  void areSmall() {
    assertEquals(List.of(), tooLong("src/main/java", Sizes.LONGEST_METHOD));
    assertEquals(List.of(), tooLong("src/test/java", Sizes.LONGEST_TEST));
  }

  @Test
  void thatAreLongAreNoticed(@TempDir Path folder) throws IOException {
    var file = folder.resolve("Long.java");
    Files.writeString(
        file,
        "class Long {\n  void talk() {\n" + "    go();\n".repeat(300) + "  }\n  void go() {}\n}\n");

    assertEquals(
        List.of("Long has 305 lines, more than 300", "Long.talk has 302 lines, more than 40"),
        Sizes.tooLong(List.of(file), Sizes.LONGEST_METHOD, Set.of()));
    assertEquals(
        List.of(), Sizes.tooLong(List.of(file), Sizes.LONGEST_METHOD, Set.of("Long", "Long.talk")));
  }

  private static List<String> tooLong(String folder, int longestMethod) {
    return Sizes.tooLong(Repository.sources(folder), longestMethod, EXCEPTIONS);
  }
}
