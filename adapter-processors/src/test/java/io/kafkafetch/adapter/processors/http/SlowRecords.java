package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is slow to say when one of its records was written, which is asked for its request
 * alone.
 *
 * @param asked counted down when that is asked
 * @param until waited for before it is said
 */
record SlowRecords(Records sound, int slowAt, CountDownLatch asked, CountDownLatch until)
    implements RecordBatch {
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
    if (index == slowAt) {
      asked.countDown();
      await();
    }
    return sound.timestamp(index);
  }

  @Override
  public byte @Nullable [] key(int index) {
    return sound.key(index);
  }

  @Override
  public byte @Nullable [] value(int index) {
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

  private void await() {
    try {
      if (!until.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("What the test waits for has not happened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
