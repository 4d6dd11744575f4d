package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A batch that is a view of what the client returned: no record is copied or wrapped. */
final class ConsumerRecordBatch implements RecordBatch {
  private final SourcePartition source;
  private final List<ConsumerRecord<byte[], byte[]>> records;
  private final int from;
  private final int to;
  private final long nextOffset;

  /** Added up when it is first asked for; whoever the batch is handed on to finds it there. */
  private long bytes = -1;

  ConsumerRecordBatch(
      SourcePartition source, List<ConsumerRecord<byte[], byte[]>> records, long nextOffset) {
    this(source, records, 0, records.size(), nextOffset);
  }

  private ConsumerRecordBatch(
      SourcePartition source,
      List<ConsumerRecord<byte[], byte[]>> records,
      int from,
      int to,
      long nextOffset) {
    this.source = source;
    this.records = records;
    this.from = from;
    this.to = to;
    this.nextOffset = nextOffset;
  }

  @Override
  public SourcePartition source() {
    return source;
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public long offset(int index) {
    return records.get(from + index).offset();
  }

  @Override
  public long timestamp(int index) {
    return records.get(from + index).timestamp();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return records.get(from + index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return records.get(from + index).value();
  }

  @Override
  public List<RecordHeader> headers(int index) {
    var found = records.get(from + index).headers().toArray();
    if (found.length == 0) {
      return List.of();
    }
    var headers = new ArrayList<RecordHeader>(found.length);
    for (var header : found) {
      headers.add(new RecordHeader(header.key(), header.value()));
    }
    return headers;
  }

  /** The bytes of key and value of record {@code index}. */
  int sizeOf(int index) {
    var found = records.get(from + index);
    return Math.max(found.serializedKeySize(), 0) + Math.max(found.serializedValueSize(), 0);
  }

  @Override
  public long sizeInBytes() {
    if (bytes < 0) {
      long sum = 0;
      for (int i = 0; i < size(); i++) {
        sum += sizeOf(i);
      }
      bytes = sum;
    }
    return bytes;
  }

  @Override
  public long nextOffset() {
    return nextOffset;
  }

  @Override
  public ConsumerRecordBatch slice(int sliceFrom, int sliceTo) {
    Objects.checkFromToIndex(sliceFrom, sliceTo, size());
    int end = from + sliceTo;
    long next = end == to ? nextOffset : records.get(end).offset();
    return new ConsumerRecordBatch(source, records, from + sliceFrom, end, next);
  }
}
