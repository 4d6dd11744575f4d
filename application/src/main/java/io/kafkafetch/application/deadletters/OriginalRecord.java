package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dead letter as the record that it once was, alone in a batch, under its own coordinates. */
record OriginalRecord(StoredLetter letter) implements RecordBatch {
  @Override
  public SourcePartition source() {
    return letter.source();
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public long offset(int index) {
    return letter.offset();
  }

  @Override
  public long timestamp(int index) {
    return letter.timestamp();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return letter.key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return letter.value();
  }

  @Override
  public List<RecordHeader> headers(int index) {
    return letter.headers();
  }

  @Override
  public long sizeInBytes() {
    long bytes = 0;
    for (var part : new byte @Nullable [][] {letter.key(), letter.value()}) {
      bytes += part == null ? 0 : part.length;
    }
    for (var header : letter.headers()) {
      var value = header.value();
      bytes += header.name().length() + (value == null ? 0 : value.length);
    }
    return bytes;
  }

  @Override
  public long nextOffset() {
    return letter.offset() + 1;
  }

  @Override
  public RecordBatch slice(int from, int to) {
    Objects.checkFromToIndex(from, to, 1);
    if (from == to) {
      throw new IllegalArgumentException("A batch is never empty");
    }
    return this;
  }
}
