package io.kafkafetch.bootstrap.lifecycle;

import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.embedded.EmbeddedException;
import io.kafkafetch.embedded.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The folder of everything that outlives a restart, held by one server at a time.
 *
 * @param path absolute
 * @param serverId chosen once; the same across restarts, so that this server's members return to
 *     their groups at once
 */
public record DataDir(Path path, ServerId serverId, FolderLock lock) implements AutoCloseable {
  /**
   * Creates the folder when there is none, and holds it until closed.
   *
   * @throws StartFailure when another server holds it, or it cannot be written
   */
  public static DataDir open(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new StartFailure("DATA_DIR " + path + " cannot be created: " + e, e);
    }
    FolderLock lock;
    try {
      lock = FolderLock.acquire(path);
    } catch (EmbeddedException e) {
      throw new StartFailure("DATA_DIR " + e.sentence(), e);
    }
    try {
      return new DataDir(path, serverId(path.resolve("server-id")), lock);
    } catch (IOException e) {
      lock.close();
      throw new StartFailure("DATA_DIR " + path + " cannot be written: " + e, e);
    }
  }

  private static ServerId serverId(Path file) throws IOException {
    if (Files.exists(file)) {
      var id = Files.readString(file).strip();
      if (!id.isEmpty()) {
        return new ServerId(id);
      }
    }
    var id = UUID.randomUUID().toString();
    var aside = file.resolveSibling("server-id.new");
    Files.writeString(aside, id + "\n");
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    return new ServerId(id);
  }

  @Override
  public void close() {
    lock.close();
  }
}
