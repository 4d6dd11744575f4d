package io.kafkafetch.bootstrap.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CustomProcessorsPageTest {
  private static final Pattern CODE =
      Pattern.compile(
          "^\\[`[^`]+`]\\(\\.\\./([^)]+\\.java)\\)\n```java\n(.*?)```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  @Test
  void thePageShowsTheCodeOfTheExampleAsItIs() throws IOException {
    var root = root();
    var page = Files.readString(root.resolve("docs/custom-processors.md"));
    var shown = CODE.matcher(page).results().toList();

    assertTrue(shown.size() >= 4, "Only " + shown.size() + " files are shown");
    for (var block : shown) {
      assertEquals(Files.readString(root.resolve(block.group(1))), block.group(2), block.group(1));
    }
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return folder.endsWith("bootstrap") ? folder.resolve("..").normalize() : folder;
  }
}
