package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A batch of records with consecutive offsets. */
record Lines(SourcePartition source, List<Line> lines) implements RecordBatch {
  static final SourcePartition ORDERS = new SourcePartition("orders", "id-of-orders", 0);

  /** One record. */
  @SuppressWarnings("ArrayRecordComponent") // a view of bytes, never compared
  record Line(
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {}

  /** Records from that offset on with these values. */
  static Lines of(SourcePartition source, long offset, @Nullable String... values) {
    return new Lines(
        source,
        IntStream.range(0, values.length)
            .mapToObj(i -> {
              var value = values[i];
              return new Line(
                  offset + i,
                  1_000 + offset + i,
                  null,
                  value == null ? null : value.getBytes(UTF_8),
                  List.of());
            })
            .toList());
  }

  /** Records whose values are {@code partition:offset}. */
  static Lines numbered(SourcePartition source, long from, long to) {
    return of(
        source,
        from,
        LongStream.range(from, to)
            .mapToObj(offset -> source.partition() + ":" + offset)
            .toArray(String[]::new));
  }

  static SourcePartition orders(int partition) {
    return new SourcePartition("orders", "id-of-orders", partition);
  }

  @Override
  public int size() {
    return lines.size();
  }

  @Override
  public long offset(int index) {
    return lines.get(index).offset();
  }

  @Override
  public long timestamp(int index) {
    return lines.get(index).timestamp();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return lines.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return lines.get(index).value();
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return lines.get(index).headers();
  }

  @Override
  public long sizeInBytes() {
    long bytes = 0;
    for (var line : lines) {
      bytes += line.value() == null ? 0 : line.value().length;
    }
    return bytes;
  }

  @Override
  public long nextOffset() {
    return lines.getLast().offset() + 1;
  }

  @Override
  public RecordBatch slice(int from, int to) {
    return new Lines(source, lines.subList(from, to));
  }
}
