package io.kafkafetch.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a child's output into a file of bounded size (the one before it is kept as {@code .1}) and
 * remembers the last lines for error messages.
 */
final class ChildLog {
  private static final Logger LOG = LoggerFactory.getLogger(ChildLog.class);
  private static final int LINE_LIMIT = 8 * 1024;
  private static final int TAIL_LINES = 30;
  private static final int MARKS_LIMIT = 64;

  private final Path file;
  private final long sizeLimit;
  private final Deque<String> tail = new ArrayDeque<>();

  /** Guarded by the tail, as it is. */
  private final FirstComplaint complaint = new FirstComplaint();

  private final Thread pump;

  /** Set by the pump once the marker was seen, read by whoever waits for it. */
  private volatile boolean marked;

  private ChildLog(InputStream output, Path file, long sizeLimit, String marker) {
    this.file = file;
    this.sizeLimit = sizeLimit;
    this.pump =
        Thread.ofVirtual()
            .name("log of " + file.getFileName())
            .unstarted(() -> copy(output, marker));
  }

  /** Copies until the output ends; {@code marker} is the line that {@link #marked()} waits for. */
  static ChildLog copying(InputStream output, Path file, long sizeLimit, String marker) {
    var log = new ChildLog(output, file, sizeLimit, marker);
    log.pump.start();
    return log;
  }

  boolean marked() {
    return marked;
  }

  /** The last lines, once the child's output has ended or a second has passed. */
  String tailAtEnd() throws InterruptedException {
    pump.join(TimeUnit.SECONDS.toMillis(1));
    synchronized (tail) {
      return String.join("\n", tail);
    }
  }

  /** What went wrong first, in one line; empty while nothing has. To be asked after the tail. */
  String complaint() {
    synchronized (tail) {
      return complaint.text();
    }
  }

  private void copy(InputStream output, String marker) {
    try (var in = new BufferedInputStream(output)) {
      rotate();
      var out = append();
      try {
        long size = Files.size(file);
        for (var line = readLine(in); line != null; line = readLine(in)) {
          remember(line, marker);
          out.write(line);
          out.write('\n');
          size += line.length + 1L;
          if (size >= sizeLimit) {
            out.close();
            rotate();
            out = append();
            size = 0;
          }
        }
      } finally {
        out.close();
      }
    } catch (IOException e) {
      // The child must not stand still because its log cannot be written: keep reading.
      LOG.warn("The log {} is no longer written: {}", file, e.toString());
      drain(output);
    }
  }

  private static void drain(InputStream output) {
    try {
      output.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      LOG.debug("The child's output ended: {}", e.toString());
    }
  }

  private void remember(byte[] line, String marker) {
    var text = new String(line, StandardCharsets.UTF_8);
    if (line.length < marker.length() + MARKS_LIMIT && text.contains(marker)) {
      marked = true;
    }
    synchronized (tail) {
      complaint.read(text);
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(text);
    }
  }

  private static byte @org.jspecify.annotations.Nullable [] readLine(InputStream in)
      throws IOException {
    var line = new ByteArrayOutputStream(160);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n' && line.size() < LINE_LIMIT) {
      line.write(next);
      next = in.read();
    }
    return line.toByteArray();
  }

  private OutputStream append() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    if (Files.exists(file) && Files.size(file) >= sizeLimit / 2) {
      var previous = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
