package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;

/**
 * Makes sure that one process alone writes to a series of files. The operating system lets go of
 * the lock when the process ends, however that happens.
 */
final class WriterLock implements AutoCloseable {
  private static final long LONGEST_NOTE = 1024;

  private final FileChannel file;

  private WriterLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock.
   *
   * @throws IOException when another process holds it, or the file system has no locks
   */
  static WriterLock take(Location place) throws IOException {
    var file = Disk.REAL.openToAppend(place);
    try {
      if (file.tryLock() != null) {
        file.truncate(0);
        file.write(ByteBuffer.wrap(holder().getBytes(UTF_8)));
        return new WriterLock(file);
      }
    } catch (OverlappingFileLockException e) {
      file.close();
      throw new IOException("another consumer of this server writes to it", e);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    throw new IOException("another server writes to it: " + note(place));
  }

  private static String holder() {
    var process = ProcessHandle.current();
    var host = System.getenv().getOrDefault("HOSTNAME", "this host");
    return "process " + process.pid() + " on " + host;
  }

  private static String note(Location place) throws IOException {
    if (Files.size(place.path()) > LONGEST_NOTE) {
      return "unknown";
    }
    var note = Files.readString(place.path()).strip();
    return note.isEmpty() ? "unknown" : note;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
