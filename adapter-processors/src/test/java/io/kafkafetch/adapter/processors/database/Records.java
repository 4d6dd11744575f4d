package io.kafkafetch.adapter.processors.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of records as a test describes it. */
record Records(SourcePartition source, List<Entry> entries) implements RecordBatch {
  static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00:00Z
  static final SourcePartition ORDERS = orders(0);

  /** One record. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {}

  static SourcePartition orders(int partition) {
    return new SourcePartition("orders", "first-incarnation", partition);
  }

  /** An empty batch to be filled, whose first record has that offset. */
  static Builder from(SourcePartition source, long offset) {
    return new Builder(source, offset);
  }

  /** Records {@code {"n": offset}} with keys {@code k<offset>}. */
  static Records numbered(SourcePartition source, long from, long to) {
    var builder = from(source, from);
    for (long n = from; n < to; n++) {
      builder.add("k" + n, "{\"n\": " + n + "}");
    }
    return builder.build();
  }

  /** Fills a batch; each record has the next offset. */
  static final class Builder {
    private final SourcePartition source;
    private final List<Entry> entries = new ArrayList<>();
    private long next;

    private Builder(SourcePartition source, long next) {
      this.source = source;
      this.next = next;
    }

    Builder add(@Nullable String key, @Nullable String value) {
      return add(
          key == null ? null : key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    Builder add(byte @Nullable [] key, byte @Nullable [] value) {
      return add(NOON + next, key, value, List.of());
    }

    Builder add(
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<RecordHeader> headers) {
      entries.add(new Entry(next++, timestamp, key, value, headers));
      return this;
    }

    /** Offsets that hold no record. */
    Builder skip(int offsets) {
      next += offsets;
      return this;
    }

    Records build() {
      return new Records(source, List.copyOf(entries));
    }
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public long offset(int index) {
    return entries.get(index).offset();
  }

  @Override
  public long timestamp(int index) {
    return entries.get(index).timestamp();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return entries.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return entries.get(index).value();
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return entries.get(index).headers();
  }

  @Override
  public long sizeInBytes() {
    return entries.stream().mapToLong(e -> e.value() == null ? 0 : e.value().length).sum();
  }

  @Override
  public long nextOffset() {
    return entries.getLast().offset() + 1;
  }

  @Override
  public RecordBatch slice(int from, int to) {
    return new Records(source, entries.subList(from, to));
  }
}
