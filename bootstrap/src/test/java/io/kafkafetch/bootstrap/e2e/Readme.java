package io.kafkafetch.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of a document, and what it says that they answer. */
final class Readme {
  private static final Pattern STEP =
      Pattern.compile("```bash\\n(.*?)```\\s*```[a-z]+\\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  /**
   * One command.
   *
   * @param command for bash
   * @param answer what it prints, with an ellipsis for what differs each time
   */
  record Step(String command, String answer) {
    /** Whether this is what it says; blanks do not count. */
    boolean isAnsweredBy(String output) {
      var pattern =
          Arrays.stream(withoutBlanks(answer).split("…", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*"));
      return withoutBlanks(output).matches(pattern);
    }

    /** Whether it looks for what happens by itself, and may have to look again. */
    boolean isALook() {
      return command.startsWith("cat ");
    }

    private static String withoutBlanks(String text) {
      return text.replaceAll("\\s", "");
    }
  }

  static List<Step> steps(Path file) {
    try {
      var steps = new ArrayList<Step>();
      var matcher = STEP.matcher(Files.readString(file));
      while (matcher.find()) {
        steps.add(new Step(matcher.group(1), matcher.group(2)));
      }
      return steps;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
