package io.kafkafetch.application.memory;

import io.kafkafetch.domain.processor.RecordHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record in a log; its place there is its offset. Bytes are not copied. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they were appended, never compared
record MemoryRecord(
    long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
  MemoryRecord {
    headers = List.copyOf(headers);
  }

  long sizeInBytes() {
    long size = key == null ? 0 : key.length;
    size += value == null ? 0 : value.length;
    for (var header : headers) {
      var bytes = header.value();
      size += header.name().length() + (bytes == null ? 0 : bytes.length);
    }
    return size;
  }
}
