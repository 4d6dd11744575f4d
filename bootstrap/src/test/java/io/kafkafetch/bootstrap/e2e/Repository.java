package io.kafkafetch.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own files, and its start script, which takes what Maven has just built. */
final class Repository {
  static final Path ROOT = root();

  /** What starts the server under test: ours, or that of a server on another database. */
  static final Path RUN =
      Path.of(System.getProperty("server.run", ROOT.resolve("run.sh").toString()));

  static {
    var marked = Program.of(ROOT.resolve("run.sh").toString(), "--mark-built").run();
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
    return Files.exists(folder.resolve("run.sh")) ? folder : folder.resolve("..").normalize();
  }
}
