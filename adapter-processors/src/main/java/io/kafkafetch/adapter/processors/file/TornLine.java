package io.kafkafetch.adapter.processors.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a process that was killed in the middle of a write left at the end of a file: a part
 * of a line. The record was not committed and comes again.
 */
final class TornLine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TornLine.class);
  private static final int BLOCK = 64 * 1024;
  private static final byte NEWLINE = '\n';

  private final FileChannel file;

  /** Removes it from a file that was just opened. */
  static void cutFrom(DataFile file) throws IOException {
    var path = file.location().path();
    try (var tail = new TornLine(path)) {
      if (tail.isAbsent()) {
        return;
      }
      // Closing a file that was read lets go of locks on it; so the lock comes last.
      try (var lock = file.lock()) {
        long length = tail.lengthWithoutIt();
        if (lock.isValid() && length < file.length()) {
          log.warn(
              "{} ended in the middle of a line: {} bytes are cut off, their record comes again",
              path,
              file.length() - length);
          file.truncate(length);
        }
      }
    }
  }

  private TornLine(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** The length up to the last newline; the whole length when the file has no newline at all. */
  private long lengthWithoutIt() throws IOException {
    long length = file.size();
    var block = ByteBuffer.allocate(BLOCK);
    for (long end = length; end > 0; ) {
      long start = Math.max(0, end - BLOCK);
      read(block.clear().limit((int) (end - start)), start);
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == NEWLINE) {
          return start + i + 1;
        }
      }
      end = start;
    }
    return length;
  }

  /** Whether the last byte ends a line; also true for an empty file. */
  private boolean isAbsent() throws IOException {
    long length = file.size();
    if (length == 0) {
      return true;
    }
    var last = ByteBuffer.allocate(1);
    read(last, length - 1);
    return last.get(0) == NEWLINE;
  }

  private void read(ByteBuffer block, long start) throws IOException {
    while (block.hasRemaining()) {
      if (file.read(block, start + block.position()) < 0) {
        throw new IOException("the file was cut while it was read");
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
