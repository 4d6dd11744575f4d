package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to use a folder: one owner in the whole machine, given back when its process ends. */
public final class FolderLock implements AutoCloseable {
  /**
   * What this JVM holds. A second channel on a locked file must not even be opened: closing it
   * would release the first one's lock (POSIX record locks).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the right to use an existing folder.
   *
   * @throws EmbeddedException naming the folder and its owner when it is in use
   */
  public static FolderLock acquire(Path folder) {
    var file = real(folder).resolve("lock");
    if (!HELD.add(file)) {
      throw new EmbeddedException(folder + " is already in use by this process");
    }
    try {
      return new FolderLock(file, lock(folder, file));
    } catch (IOException e) {
      HELD.remove(file);
      throw new EmbeddedException(folder + " cannot be locked: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  /** One folder may have several names. */
  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedException(folder + " cannot be found: " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path folder, Path file) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new EmbeddedException(
            folder + " is in use by another server (process " + Files.readString(file) + ")");
      }
      var pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedException(file + " cannot be released: " + e.getMessage(), e);
    } finally {
      HELD.remove(file);
    }
  }
}
