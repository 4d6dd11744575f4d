package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary data folder, named after the process that owns it. */
final class TestFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TestFolder.class);
  private static final String PREFIX = "kafka-fetch-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

  private final Path path;

  private TestFolder(Path path) {
    this.path = path;
  }

  static TestFolder create() {
    sweep();
    try {
      var prefix = PREFIX + ProcessHandle.current().pid() + "-";
      var folder = Files.createTempDirectory(prefix);
      // PostgreSQL may have to run as another user, who must get through to its own folder.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return new TestFolder(folder);
    } catch (IOException e) {
      throw new EmbeddedException("No temporary folder can be created: " + e.getMessage(), e);
    }
  }

  /** What is unpacked for tests outlives them: in the user's own cache folder, if he has one. */
  Path cache() {
    var home = Path.of(System.getProperty("user.home"));
    return Files.isWritable(home)
        ? home.resolve(".cache").resolve("kafka-fetch-server")
        : path.resolve("cache");
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

  /** Ends and deletes what killed test processes have left behind. */
  private static void sweep() {
    List<Path> left;
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      left = all.filter(TestFolder::isLeftBehind).toList();
    } catch (IOException e) {
      LOG.warn("Left-over test folders cannot be looked for: {}", e.toString());
      return;
    }
    left.forEach(TestFolder::sweep);
  }

  private static boolean isLeftBehind(Path folder) {
    var name = NAME.matcher(folder.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  private static void sweep(Path folder) {
    try {
      for (var server : List.of(folder.resolve("kafka"), folder.resolve("postgresql"))) {
        if (Files.isDirectory(server)) {
          // Another container's process is not seen, yet its lock is: then this throws.
          try (var lock = FolderLock.acquire(server)) {
            LOG.debug("Sweeping under {}", lock);
            BrokerProcess.killOrphan(server);
            PostgreSqlPrograms.killOrphan(server);
          }
        }
      }
      UnpackedFolder.delete(folder);
    } catch (EmbeddedException | IOException e) {
      LOG.warn("{} is left by an earlier test and stays: {}", folder, e.getMessage());
    }
  }
}
