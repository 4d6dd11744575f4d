package io.kafkafetch.adapter.processors.file;

import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;

/** How a record becomes a line. */
interface LineFormat {
  /** Puts record {@code index} and the newline that ends it. */
  void put(RecordBatch batch, int index, LineBuffer line) throws IOException;
}
