package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch one of whose values cannot be had. */
record BrokenRecords(Records sound, int brokenAt) implements RecordBatch {
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
    return sound.timestamp(index);
  }

  @Override
  public byte @Nullable [] key(int index) {
    return sound.key(index);
  }

  @Override
  public byte @Nullable [] value(int index) {
    if (index == brokenAt) {
      throw new IllegalStateException("a defect");
    }
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
