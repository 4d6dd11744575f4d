package io.kafkafetch.adapter.processors.file;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers that writers borrow for the length of a batch: as many as write at once, not as many as
 * there are files.
 */
final class Buffers {
  /** Large enough that a write costs little beside its bytes, small enough for a core's cache. */
  static final int SIZE = 256 * 1024;

  private static final int KEPT = 16;
  private static final int SPARE_SIZE = 32 * 1024;
  private static final BlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(KEPT);

  static {
    for (int i = 0; i < KEPT; i++) {
      // Memory that is never touched costs an address, not a page.
      FREE.add(ByteBuffer.allocateDirect(SIZE));
    }
  }

  private Buffers() {}

  /** A free buffer; when more are in use than are kept, a small one for once. */
  static ByteBuffer borrow() {
    var free = FREE.poll();
    return free == null ? ByteBuffer.allocate(SPARE_SIZE) : free;
  }

  /** Gives a buffer back. */
  static void giveBack(ByteBuffer buffer) {
    if (buffer.isDirect() && !FREE.offer(buffer)) {
      throw new IllegalStateException("A buffer was given back twice");
    }
  }
}
