package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary data folder. */
final class TestFolder implements AutoCloseable {
  private final Path path;

  private TestFolder(Path path) {
    this.path = path;
  }

  static TestFolder create() {
    try {
      return new TestFolder(Files.createTempDirectory("kafka-fetch-"));
    } catch (IOException e) {
      throw new EmbeddedException("No temporary folder can be created: " + e.getMessage(), e);
    }
  }

  /** What is unpacked for tests outlives them: in the user's own cache folder. */
  static Path cache() {
    return Path.of(System.getProperty("user.home"), ".cache", "kafka-fetch-server");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      UnpackedFolder.delete(path);
    } catch (IOException e) {
      throw new EmbeddedException(path + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
