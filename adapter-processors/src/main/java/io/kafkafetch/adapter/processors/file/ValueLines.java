package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;

/** The value's bytes as they are, and a newline; nothing but a newline for a tombstone. */
final class ValueLines implements LineFormat {
  @Override
  public void put(RecordBatch batch, int index, LineBuffer line) throws IOException {
    var value = batch.value(index);
    if (value != null) {
      line.put(value);
    }
    line.put((byte) '\n');
  }
}
