package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** One file for all partitions, exactly once. Cut off by a plain file in its folder's place. */
final class FileEnd implements SinkEnd {
  private static final Pattern LINE = Pattern.compile("\\{\"p\":(\\d+),\"n\":(\\d+)}");

  private final Path folder;
  private final Path away;

  FileEnd(Path roots) {
    folder = roots.resolve("sink");
    away = roots.resolve("away");
  }

  private Path file() {
    return folder.resolve("numbers.log");
  }

  @Override
  public String processor() {
    return """
    {"processor_type": "file_sink", "config": {"file_path": "%s", "exactly_once": true}}\
    """
        .formatted(file());
  }

  @Override
  public void cut() {
    try {
      Files.move(folder, away);
      Files.createFile(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void heal() {
    try {
      Files.delete(folder);
      Files.move(away, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts lines; that each is there once, and in order, is for {@link #assertComplete}. */
  @Override
  public long arrived() {
    if (!Files.exists(file())) {
      return 0;
    }
    try (var lines = Files.lines(file())) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void assertComplete(int partitions, int each) {
    var next = numbers(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      assertEquals(each, next[partition], "in partition " + partition);
    }
  }

  /** Each line must bring the next number of its partition: none twice, none left out. */
  private long[] numbers(int partitions) {
    var next = new long[partitions];
    try (var lines = Files.lines(file())) {
      lines.forEach(line -> {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw new AssertionError("Not a record that was sent: " + line);
        }
        int partition = Integer.parseInt(matcher.group(1));
        long number = Long.parseLong(matcher.group(2));
        assertEquals(next[partition], number, "in partition " + partition);
        next[partition]++;
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next;
  }

  @Override
  public void close() {
    // The folder belongs to the test.
  }
}
