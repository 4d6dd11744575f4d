package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file that lines are appended to, held open. Which lines are in it is always known: one that
 * could not be written to its end is cut off again. Guarded by its owner's lock, but for {@link
 * #force()}.
 */
final class DataFile implements AutoCloseable {
  private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(5);
  private static final long LOCK_RETRY_NANOS = 500_000;
  private static final int OPEN_ATTEMPTS = 5;
  private static final long NOTHING_TORN = -1;

  private final Disk disk;
  private final Location location;
  private final FileChannel channel;
  private final @Nullable Object key;
  private long tornAt = NOTHING_TORN;
  private volatile boolean nameForced;
  private volatile boolean doubted;

  private DataFile(Disk disk, Location location, FileChannel channel, @Nullable Object key) {
    this.disk = disk;
    this.location = location;
    this.channel = channel;
    this.key = key;
  }

  /** Opens the file, making it and its folders when they are not there. */
  static DataFile open(Disk disk, Location location) throws IOException {
    for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
      var before = attributes(location);
      if (before.isPresent() && !before.get().isRegularFile()) {
        throw new IOException(
            before.get().isDirectory() ? "there is a folder at this path" : "it is no plain file");
      }
      var channel = disk.openToAppend(location);
      var after = attributes(location);
      if (after.isPresent() && (before.isEmpty() || same(before.get(), after.get()))) {
        return new DataFile(disk, location, channel, after.get().fileKey());
      }
      channel.close();
    }
    throw new IOException("it is being replaced again and again");
  }

  private static boolean same(BasicFileAttributes one, BasicFileAttributes other) {
    return Objects.equals(one.fileKey(), other.fileKey());
  }

  private static Optional<BasicFileAttributes> attributes(Location location) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(
              location.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  Location location() {
    return location;
  }

  /** Whether the path still leads to this file, and not to another or none. */
  boolean isAtItsPath() throws IOException {
    var there = attributes(location);
    return there.isPresent() && Objects.equals(there.get().fileKey(), key);
  }

  /** When it was last written to, as the file system says. */
  Instant lastModified() throws IOException {
    return Files.getLastModifiedTime(location.path(), LinkOption.NOFOLLOW_LINKS).toInstant();
  }

  /** Whether this file is still in its folder, under another name. */
  boolean wasRenamed() throws IOException {
    try (var siblings = Files.newDirectoryStream(location.folder())) {
      for (var sibling : siblings) {
        var found = attributes(new Location(location.root(), sibling));
        if (key != null && found.isPresent() && key.equals(found.get().fileKey())) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  long length() throws IOException {
    return channel.size();
  }

  /**
   * Locks the file against other processes that write lines to it.
   *
   * @throws IOException when somebody else held it for seconds, or the file system has no locks
   */
  FileLock lock() throws IOException {
    long started = System.nanoTime();
    while (true) {
      var lock = tryLock();
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - started > LONGEST_LOCK_WAIT.toNanos()) {
        throw new IOException("somebody else holds the file's lock");
      }
      LockSupport.parkNanos(LOCK_RETRY_NANOS);
    }
  }

  /** Locks the file unless somebody else holds it. */
  Optional<FileLock> tryLock() throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // Another writer in this process holds it.
    }
  }

  /** Appends the records from {@code from} on. Nothing of a record that failed stays. */
  Appended append(RecordBatch batch, int from, LineFormat format) {
    var buffer = Buffers.borrow();
    try {
      cutTornLine();
      long start = channel.size();
      var lines = new LineBuffer(buffer, bytes -> disk.write(channel, bytes));
      try {
        for (int i = from; i < batch.size(); i++) {
          format.put(batch, i, lines);
          lines.endRecord();
        }
        lines.finish();
        return new Appended(lines.writtenRecords(), lines.writtenBytes(), null);
      } catch (IOException e) {
        tornAt = start + lines.writtenBytes();
        tryToCutTornLine(e);
        return new Appended(lines.writtenRecords(), lines.writtenBytes(), e);
      }
    } catch (IOException e) {
      return new Appended(0, 0, e);
    } finally {
      Buffers.giveBack(buffer);
    }
  }

  /** Whether a part of a line is at its end, which has to go before anybody else writes. */
  boolean isTorn() {
    return tornAt != NOTHING_TORN;
  }

  private void tryToCutTornLine(IOException cause) {
    try {
      cutTornLine();
    } catch (IOException e) {
      cause.addSuppressed(e); // Tried again before the next write.
    }
  }

  /** Makes sure that no part of a line is at the end. */
  void settle() throws IOException {
    cutTornLine();
  }

  private void cutTornLine() throws IOException {
    if (tornAt != NOTHING_TORN) {
      disk.truncate(channel, tornAt);
      tornAt = NOTHING_TORN;
    }
  }

  void truncate(long length) throws IOException {
    disk.truncate(channel, length);
    tornAt = NOTHING_TORN;
  }

  /** Makes all that was appended survive a crash of the machine. Any thread may call this. */
  void force() throws IOException {
    disk.force(channel);
    if (!nameForced) {
      disk.forceFolder(location.folder());
      nameForced = true;
    }
  }

  /** What was written is perhaps not on disk: after a failed force, a later one proves nothing. */
  void doubt() {
    doubted = true;
  }

  boolean isDoubted() {
    return doubted;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * What became of a batch.
   *
   * @param records how many records are in the file
   * @param bytes how many bytes they take
   * @param failure why the next one is not
   */
  record Appended(int records, long bytes, @Nullable IOException failure) {}
}
