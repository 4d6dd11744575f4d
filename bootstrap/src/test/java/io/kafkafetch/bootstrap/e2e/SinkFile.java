package io.kafkafetch.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A file that a {@code file_sink} writes {@code {"n": …}} to. */
record SinkFile(Path path) {
  private static final Pattern LINE = Pattern.compile("\\{\"n\":(\\d+)}");

  /** The numbers in whole lines, in their order. */
  List<Integer> numbers() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try {
      var text = Files.readString(path);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(SinkFile::number).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(String line) {
    var matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("Not a record that was sent: " + line);
    }
    return Integer.parseInt(matcher.group(1));
  }
}
