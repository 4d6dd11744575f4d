package io.kafkafetch.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files, and its start script, which takes what Maven has just built. */
final class Repository {
  static final Path ROOT = root();
  static final Path RUN = ROOT.resolve("run.sh");

  static {
    var marked = Program.of(RUN.toString(), "--mark-built").run();
    if (marked.exitCode() != 0) {
      throw new IllegalStateException("run.sh does not know what was built: " + marked.text());
    }
  }

  private Repository() {}

  static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return folder.endsWith("bootstrap") ? folder.resolve("..").normalize() : folder;
  }
}
