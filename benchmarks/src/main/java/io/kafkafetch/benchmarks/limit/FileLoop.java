package io.kafkafetch.benchmarks.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * {@code bootstrap topic group path durable|loose records}: reads a topic and writes each value as
 * a line. Durable: before each commit, one a second, the file is forced to disk.
 */
final class FileLoop {
  private static final int BUFFER = 256 << 10;
  private static final long COMMIT_NANOS = 1_000_000_000;

  private FileLoop() {}

  static double run(List<String> words) throws IOException {
    var path = Path.of(words.get(3));
    boolean durable = words.get(4).equals("durable");
    long records = Long.parseLong(words.get(5));
    try (var consumer = Consumers.open(words.get(0), words.get(1), words.get(2));
        var file =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.allocateDirect(BUFFER);
      long done = 0;
      long committed = System.nanoTime();
      while (done < records) {
        for (var found : consumer.poll(Duration.ofSeconds(1))) {
          var value = found.value();
          if (buffer.remaining() <= value.length) {
            drain(buffer, file);
          }
          buffer.put(value).put((byte) '\n');
          done++;
        }
        drain(buffer, file);
        if (System.nanoTime() - committed > COMMIT_NANOS || done >= records) {
          if (durable) {
            file.force(false);
          }
          consumer.commitSync();
          committed = System.nanoTime();
        }
      }
      return done;
    }
  }

  private static void drain(ByteBuffer buffer, FileChannel file) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }
}
