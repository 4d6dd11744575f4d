package io.kafkafetch.adapter.processors.file;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The files that this process writes to, each with the number of sinks that do. */
final class SharedFiles {
  private final Map<Path, Counted> files = new HashMap<>();

  private static final class Counted {
    private final SharedFile file;
    private int sinks;

    private Counted(SharedFile file) {
      this.file = file;
    }
  }

  /** The writer of the file at that real path; give it back when done. */
  synchronized SharedFile borrow(Path real, Supplier<SharedFile> writer) {
    var counted = files.computeIfAbsent(real, _ -> new Counted(writer.get()));
    counted.sinks++;
    return counted.file;
  }

  /** One sink less; the last one closes the file. */
  synchronized void giveBack(Path real) {
    var counted = files.get(real);
    if (counted == null) {
      throw new IllegalStateException("Nobody writes to " + real);
    }
    counted.sinks--;
    if (counted.sinks == 0) {
      files.remove(real);
      counted.file.close();
    }
  }
}
