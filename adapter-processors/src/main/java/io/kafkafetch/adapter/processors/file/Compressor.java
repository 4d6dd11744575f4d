package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.adapter.processors.file.Roots.Location;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compresses finished files, one at a time. A file is deleted only once its compressed form is
 * complete, on disk and under its name; what a crash leaves half done is done at the next sweep.
 */
final class Compressor {
  private static final Logger log = LoggerFactory.getLogger(Compressor.class);
  private static final int BLOCK = 64 * 1024;

  private final Disk disk;
  private final Executor background;

  /** At most one waiting sweep for each series, so the queue is bounded by the open files. */
  private final Set<Naming> waiting = ConcurrentHashMap.newKeySet();

  Compressor(Disk disk, Executor background) {
    this.disk = disk;
    this.background = background;
  }

  /** Compresses what is finished of a series, soon. */
  void sweepSoon(Naming naming, Location current) {
    if (waiting.add(naming)) {
      background.execute(() -> {
        waiting.remove(naming);
        sweep(naming, current);
      });
    }
  }

  private void sweep(Naming naming, Location current) {
    try {
      for (var finished : naming.uncompressed(current.path())) {
        compress(finished, current.root());
      }
    } catch (IOException e) {
      log.warn(
          "Finished files stay uncompressed until the next is finished. {}",
          Reasons.of(naming.series(), e));
    }
  }

  private void compress(Path finished, Path root) throws IOException {
    try (var file =
            FileChannel.open(
                finished,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        var lock = file.tryLock()) {
      // Another process may have been faster, before the lock or while it was asked for.
      if (lock != null && Naming.isTaken(finished)) {
        compressLocked(file, finished, root);
      }
    } catch (NoSuchFileException e) {
      log.debug("{} was compressed by somebody else", finished);
    }
  }

  private void compressLocked(FileChannel file, Path finished, Path root) throws IOException {
    var compressed = Naming.compressed(finished);
    for (int i = 1; Naming.isTaken(compressed); i++) {
      if (holds(compressed, finished)) {
        disk.delete(finished); // A crash came between the two last steps.
        return;
      }
      compressed = finished.resolveSibling(finished.getFileName() + "-" + i + Naming.COMPRESSED);
    }
    var unfinished =
        new Location(root, finished.resolveSibling("." + finished.getFileName() + ".gz.tmp"));
    try (var to = disk.openEmpty(unfinished)) {
      var gzip = new GZIPOutputStream(stepsTo(to), BLOCK);
      file.position(0);
      Channels.newInputStream(file).transferTo(gzip);
      gzip.finish();
      disk.force(to);
    }
    disk.rename(unfinished.path(), compressed);
    disk.forceFolder(unfinished.folder());
    disk.delete(finished);
  }

  private OutputStream stepsTo(FileChannel to) {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        disk.write(to, ByteBuffer.wrap(bytes, from, length));
      }
    };
  }

  /** Whether the compressed file holds exactly what the other one does. */
  private static boolean holds(Path compressed, Path plain) throws IOException {
    try (var unpacked =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(compressed)))) {
      return sum(unpacked) == sum(plain);
    }
  }

  private static long sum(Path plain) throws IOException {
    try (var file = Files.newInputStream(plain)) {
      return sum(file);
    }
  }

  /** Checksum in the upper half, length in the lower. */
  private static long sum(InputStream bytes) throws IOException {
    var checksum = new CRC32();
    var block = new byte[BLOCK];
    long length = 0;
    for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
      checksum.update(block, 0, read);
      length += read;
    }
    return (checksum.getValue() << 32) | (length & 0xffff_ffffL);
  }
}
