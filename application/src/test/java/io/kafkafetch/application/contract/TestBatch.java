package io.kafkafetch.application.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch that a test writes out, with holes between offsets where it wants them. */
public record TestBatch(SourcePartition source, List<One> records, long nextOffset)
    implements RecordBatch {
  /** One record. */
  @SuppressWarnings("ArrayRecordComponent") // read by sinks, never compared
  public record One(
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {}

  /** Nothing yet; records follow from that offset. */
  public static TestBatch of(SourcePartition source, long offset) {
    return new TestBatch(source, List.of(), offset);
  }

  /** Records whose values are their offsets, from (inclusive) to (exclusive). */
  public static TestBatch numbers(SourcePartition source, long from, long to) {
    var records = new ArrayList<One>();
    for (long offset = from; offset < to; offset++) {
      records.add(new One(offset, offset, null, Long.toString(offset).getBytes(UTF_8), List.of()));
    }
    return new TestBatch(source, List.copyOf(records), to);
  }

  /** With one more record. */
  public TestBatch and(long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
    return and(timestamp, key, value, List.of());
  }

  /** With one more record. */
  public TestBatch and(
      long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
    var more = new ArrayList<>(records);
    more.add(new One(nextOffset, timestamp, key, value, headers));
    return new TestBatch(source, List.copyOf(more), nextOffset + 1);
  }

  /** With nothing readable up to that offset. */
  public TestBatch thenNothingUpTo(long offset) {
    return new TestBatch(source, records, offset);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public long offset(int index) {
    return records.get(index).offset();
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
      var key = record.key();
      var value = record.value();
      size += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }
    return size;
  }

  @Override
  public RecordBatch slice(int from, int to) {
    return new TestBatch(source, records.subList(from, to), to == size() ? nextOffset : offset(to));
  }
}
