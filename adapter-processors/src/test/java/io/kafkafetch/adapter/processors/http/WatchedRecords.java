package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A batch that does something of its own when it is asked for a part of a record.
 *
 * @param beforeTimestamp told which record's, before it is answered; asked for a request alone
 * @param beforeValue the same for values
 */
record WatchedRecords(Records sound, IntConsumer beforeTimestamp, IntConsumer beforeValue)
    implements RecordBatch {
  /** One whose value cannot be had. */
  static WatchedRecords brokenAt(int broken, Records sound) {
    return new WatchedRecords(
        sound,
        _ -> {},
        index -> {
          if (index == broken) {
            throw new IllegalStateException("a defect");
          }
        });
  }

  /**
   * One whose request takes until something has happened.
   *
   * @param asked counted down when that request is made
   */
  static WatchedRecords slowAt(
      int slow, Records sound, CountDownLatch asked, CountDownLatch until) {
    return new WatchedRecords(
        sound,
        index -> {
          if (index == slow) {
            asked.countDown();
            await(until);
          }
        },
        _ -> {});
  }

  private static void await(CountDownLatch until) {
    try {
      if (!until.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("What the test waits for has not happened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public SourcePartition source() {
    return sound.source();
  }

  @Override
  public int size() {
    return sound.size();
  }

  @Override
  public long offset(int index) {
    return sound.offset(index);
  }

  @Override
  public long timestamp(int index) {
    beforeTimestamp.accept(index);
    return sound.timestamp(index);
  }

  @Override
  public byte @Nullable [] key(int index) {
    return sound.key(index);
  }

  @Override
  public byte @Nullable [] value(int index) {
    beforeValue.accept(index);
    return sound.value(index);
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return sound.headers(index);
  }

  @Override
  public long sizeInBytes() {
    return sound.sizeInBytes();
  }

  @Override
  public long nextOffset() {
    return sound.nextOffset();
  }

  @Override
  public RecordBatch slice(int from, int to) {
    return sound.slice(from, to);
  }
}
