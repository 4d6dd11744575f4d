package io.kafkafetch.application.memory;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of a log, the first of which has the offset {@code first}. */
record MemoryRecordBatch(SourcePartition source, long first, List<MemoryRecord> records)
    implements RecordBatch {
  MemoryRecordBatch {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("A batch is never empty");
    }
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public long offset(int index) {
    return first + index;
  }

  @Override
  public long timestamp(int index) {
    return records.get(index).timestamp();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return records.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return records.get(index).value();
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return records.get(index).headers();
  }

  @Override
  public long sizeInBytes() {
    long size = 0;
    for (var record : records) {
      size += record.sizeInBytes();
    }
    return size;
  }

  @Override
  public long nextOffset() {
    return first + records.size();
  }

  @Override
  public RecordBatch slice(int from, int to) {
    return new MemoryRecordBatch(source, first + from, records.subList(from, to));
  }

  @Override
  public int indexOf(long offset) {
    return Math.clamp(offset - first, 0, records.size());
  }
}
