package org.example.totals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file with totals, of which this is the only writer while it is open. */
final class TotalsFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final FileChannel lock;
  private Totals saved;

  private TotalsFile(Path path, FileChannel lock, Totals saved) {
    this.path = path;
    this.lock = lock;
    this.saved = saved;
  }

  static TotalsFile open(Path path, String topicId) throws IOException {
    Files.createDirectories(path.getParent());
    var lock = locked(path.resolveSibling(path.getFileName() + ".lock"));
    try {
      var saved =
          Files.exists(path)
              ? JSON.readValue(Files.readAllBytes(path), Totals.class)
              : Totals.none(topicId);
      // A topic that was deleted and made anew begins anew.
      return new TotalsFile(
          path, lock, saved.topicId().equals(topicId) ? saved : Totals.none(topicId));
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this process, which is the same to us.
    }
    channel.close();
    throw new IOException("somebody else writes it");
  }

  /** What the file holds. */
  Totals saved() {
    return saved;
  }

  /** Replaces the file as a whole; afterwards it survives a crash of the machine. */
  void save(Totals totals) throws IOException {
    var next = path.resolveSibling(path.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(totals));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    saved = totals;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock goes with the channel, and the file was written by the last flush.
      return;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
