package io.kafkafetch.benchmarks.micro;

import io.kafkafetch.benchmarks.load.Records;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch whose values are there already, at offsets that a benchmark moves on. */
record NumberedBatch(SourcePartition source, List<byte[]> values, long first, int size)
    implements RecordBatch {
  /** That many records from offset 0. */
  static NumberedBatch of(int size) {
    var values = new ArrayList<byte[]>();
    for (int i = 0; i < size; i++) {
      values.add(Records.value(i));
    }
    return new NumberedBatch(
        new SourcePartition("orders", "AAAAAAAAAAAAAAAAAAAAAA", 0), List.copyOf(values), 0, size);
  }

  /** The same records later. */
  NumberedBatch next() {
    return new NumberedBatch(source, values, first + values.size(), size);
  }

  @Override
  public long offset(int index) {
    return first + index;
  }

  @Override
  public long timestamp(int index) {
    return first + index;
  }

  @Override
  public byte @Nullable [] key(int index) {
    return null;
  }

  @Override
  public byte[] value(int index) {
    return values.get((int) ((first + index) % values.size()));
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return List.of();
  }

  @Override
  public long sizeInBytes() {
    return (long) size * Records.SIZE;
  }

  @Override
  public long nextOffset() {
    return first + size;
  }

  @Override
  public RecordBatch slice(int from, int to) {
    return new NumberedBatch(source, values, first + from, to - from);
  }
}
