package io.kafkafetch.adapter.processors.file;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The series of files that this process writes to, each with the number of sinks that do. */
final class OpenFiles {
  private final Map<Naming, Counted> files = new HashMap<>();

  private static final class Counted {
    private final FileWriter file;
    private int sinks;

    private Counted(FileWriter file) {
      this.file = file;
    }
  }

  /** The writer of a series; give it back when done. */
  synchronized FileWriter borrow(Naming series, Supplier<FileWriter> writer) {
    var counted = files.computeIfAbsent(series, _ -> new Counted(writer.get()));
    counted.sinks++;
    return counted.file;
  }

  /** One sink less; the last one closes the file. */
  synchronized void giveBack(Naming series) {
    var counted = files.get(series);
    if (counted == null) {
      throw new IllegalStateException("Nobody writes to " + series);
    }
    counted.sinks--;
    if (counted.sinks == 0) {
      files.remove(series);
      counted.file.close();
    }
  }
}
