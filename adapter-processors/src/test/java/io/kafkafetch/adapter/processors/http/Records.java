package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch that a test wrote down. */
record Records(List<One> all) implements RecordBatch {
  static final SourcePartition SOURCE = new SourcePartition("orders", "topic-id-1", 2);

  @SuppressWarnings("ArrayRecordComponent") // bytes of a test, never compared
  record One(long offset, byte @Nullable [] key, byte @Nullable [] value) {}

  Records {
    all = List.copyOf(all);
  }

  static Records none() {
    return new Records(List.of());
  }

  /** {@code count} records from {@code first} on, without keys, each its offset as JSON. */
  static Records numbered(long first, int count) {
    var records = new ArrayList<One>();
    for (long offset = first; offset < first + count; offset++) {
      records.add(new One(offset, null, bytes("{\"n\":" + offset + "}")));
    }
    return new Records(records);
  }

  Records and(long offset, @Nullable String key, @Nullable String value) {
    return andBytes(offset, key == null ? null : bytes(key), value == null ? null : bytes(value));
  }

  Records andBytes(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    var more = new ArrayList<>(all);
    more.add(new One(offset, key, value));
    return new Records(more);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public SourcePartition source() {
    return SOURCE;
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public long offset(int index) {
    return all.get(index).offset();
  }

  @Override
  public long timestamp(int index) {
    return 1_700_000_000_000L + offset(index);
  }

  @Override
  public byte @Nullable [] key(int index) {
    return all.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return all.get(index).value();
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return List.of();
  }

  @Override
  public long sizeInBytes() {
    long sum = 0;
    for (var one : all) {
      sum += one.key() == null ? 0 : one.key().length;
      sum += one.value() == null ? 0 : one.value().length;
    }
    return sum;
  }

  @Override
  public long nextOffset() {
    return all.getLast().offset() + 1;
  }

  @Override
  public Records slice(int from, int to) {
    return new Records(all.subList(from, to));
  }
}
