package io.kafkafetch.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One direction through a {@link FaultProxy}, with its faults; shared by all connections. */
final class Passage {
  private static final int CHUNK = 16 * 1024;

  /** Bounds what is under way while bytes are delayed: 4 MiB per connection and direction. */
  private static final int CHUNKS_UNDER_WAY = 256;

  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private record Chunk(ByteBuffer bytes, long readAtNanos) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All three under the lock; zero means no such fault.
  private boolean blocked;
  private long delayNanos;
  private long bytesPerSecond;

  void block() {
    change(() -> blocked = true);
  }

  void delay(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("A delay is not negative: " + delay);
    }
    change(() -> delayNanos = delay.toNanos());
  }

  void limit(long limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("A limit is positive: " + limit);
    }
    change(() -> bytesPerSecond = limit);
  }

  void heal() {
    change(() -> {
      blocked = false;
      delayNanos = 0;
      bytesPerSecond = 0;
    });
  }

  private void change(Runnable fault) {
    lock.lock();
    try {
      fault.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Carries bytes until their end; reading goes on meanwhile, so that delays do not add up. */
  void carry(InputStream from, OutputStream to) throws IOException, InterruptedException {
    var channel = Channels.newChannel(to);
    var underWay = new ArrayBlockingQueue<Chunk>(CHUNKS_UNDER_WAY);
    var failure = new AtomicReference<@Nullable IOException>();
    var reader = Thread.ofVirtual().start(() -> read(from, underWay, failure));
    try {
      for (var chunk = underWay.take(); chunk.bytes().hasRemaining(); chunk = underWay.take()) {
        write(chunk, channel);
      }
    } finally {
      reader.interrupt();
    }
    var cause = failure.get();
    if (cause != null) {
      throw cause;
    }
  }

  private static void read(
      InputStream from,
      BlockingQueue<Chunk> underWay,
      AtomicReference<@Nullable IOException> failure) {
    var buffer = new byte[CHUNK];
    try {
      try {
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          underWay.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, n)), System.nanoTime()));
        }
      } catch (IOException e) {
        failure.set(e);
      }
      underWay.put(new Chunk(END, System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Chunk chunk, WritableByteChannel to) throws IOException, InterruptedException {
    var bytes = chunk.bytes();
    while (bytes.hasRemaining()) {
      int length = permitted(chunk);
      to.write(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
    }
  }

  /** Waits until the faults let some of the chunk's bytes pass; answers how many. */
  private int permitted(Chunk chunk) throws InterruptedException {
    lock.lock();
    try {
      long left = chunk.bytes().remaining();
      long startedNanos = System.nanoTime();
      while (true) {
        long now = System.nanoTime();
        long slice = bytesPerSecond == 0 ? left : Math.clamp(bytesPerSecond / 20, 1L, left);
        long sliceNanos =
            bytesPerSecond == 0 ? 0 : slice * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        long arrival =
            Math.max(chunk.readAtNanos() + delayNanos - now, startedNanos + sliceNanos - now);
        if (blocked) {
          changed.await();
        } else if (arrival > 0) {
          changed.awaitNanos(arrival);
        } else {
          return (int) slice;
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
