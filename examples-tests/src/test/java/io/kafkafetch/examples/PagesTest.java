package io.kafkafetch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A page")
class PagesTest {
  /** A block of code behind a comment that names the file that it was taken from. */
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (examples/\\S+) -->\n```\\w*\n(.*?)\n```", Pattern.DOTALL);

  private static final Pattern ANY_BLOCK = Pattern.compile("(?m)^```(java|xml|sql|bash)$");

  /** Pages that show examples and nothing else. */
  private static final List<String> OF_EXAMPLES = List.of("embedding.md", "adapters.md");

  record Block(String page, String file, String code) {
    @Override
    public String toString() {
      return page + " and " + file;
    }
  }

  static List<Block> blocks() throws IOException {
    try (Stream<Path> pages = Files.list(Project.ROOT.resolve("docs"))) {
      return pages.filter(page -> page.toString().endsWith(".md")).flatMap(PagesTest::of).toList();
    }
  }

  private static Stream<Block> of(Path page) {
    return BLOCK
        .matcher(Project.read(page))
        .results()
        .map(match -> new Block(page.getFileName().toString(), match.group(1), match.group(2)));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  @DisplayName("shows what the example's file says")
  void showsTheFile(Block block) {
    var file = Project.read(Project.ROOT.resolve(block.file()));

    assertTrue(
        file.stripIndent().contains(block.code().stripIndent())
            || lines(file).contains(lines(block.code())),
        () -> block + " differ");
  }

  /** Without their indentation, which is that of the class around them. */
  private static String lines(String code) {
    return "\n" + String.join("\n", code.lines().map(String::strip).toList()) + "\n";
  }

  @Test
  @DisplayName("of examples shows no code that is in no example")
  void ofExamples() {
    for (var page : OF_EXAMPLES) {
      var path = Project.ROOT.resolve("docs").resolve(page);

      assertEquals(of(path).count(), ANY_BLOCK.matcher(Project.read(path)).results().count(), page);
    }
  }
}
