package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.SourcePartition;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code file_path} as it stands in a configuration.
 *
 * @param text the path, with {@code {topic}}, {@code {partition}} and {@code {date}} in it
 */
record PathTemplate(String text) {
  static final String TOPIC = "{topic}";
  static final String PARTITION = "{partition}";
  static final String DATE = "{date}";

  // Names beside the file are longer than its own; most file systems end at 255 bytes.
  private static final int LONGEST_NAME = 180;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}/]*}");
  private static final List<String> PLACEHOLDERS = List.of(TOPIC, PARTITION, DATE);

  /** What is wrong with it, whatever the roots are. */
  Optional<String> violation() {
    var unknown =
        PLACEHOLDER
            .matcher(text)
            .results()
            .map(found -> found.group())
            .filter(found -> !PLACEHOLDERS.contains(found))
            .findFirst();
    if (unknown.isPresent()) {
      return Optional.of(
          "has the unknown placeholder "
              + unknown.get()
              + "; accepted are "
              + String.join(", ", PLACEHOLDERS));
    }
    if (text.endsWith("/")) {
      return Optional.of("must name a file, not a folder");
    }
    try {
      return violation(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.of("must be a path, without NUL characters");
    }
  }

  private static Optional<String> violation(Path path) {
    for (var name : path) {
      if (name.toString().equals("..")) {
        return Optional.of("must not contain '..'");
      }
    }
    var name = path.getFileName();
    if (name == null || name.toString().equals(".")) {
      return Optional.of("must name a file, not a folder");
    }
    if (name.toString().startsWith(".")) {
      // The sink keeps its own files beside yours under such names.
      return Optional.of("must not name a hidden file");
    }
    return name.toString().length() > LONGEST_NAME
        ? Optional.of("must end in a name of at most " + LONGEST_NAME + " characters")
        : Optional.empty();
  }

  /** Whether each partition has a file of its own. */
  boolean perPartition() {
    return text.contains(PARTITION);
  }

  /** The path for a topic; the partition and the date stay open. */
  String forTopic(String topic) {
    return text.replace(TOPIC, topic);
  }

  /** The path for a partition; the date stays open. */
  String forPartition(SourcePartition partition) {
    return forTopic(partition.topic()).replace(PARTITION, Integer.toString(partition.partition()));
  }
}
