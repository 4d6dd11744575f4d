package io.kafkafetch.domain.processor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records of one partition, in offset order, read by index so that no record costs an
 * object of ours.
 *
 * <p>Offsets rise but may have holes (compaction, transaction markers). The byte arrays are those
 * the client read from the wire: bytes stay bytes, and nobody may change them. A batch is never
 * empty.
 */
public interface RecordBatch {
  /** Where all records of this batch come from. */
  SourcePartition source();

  /** How many records, at least 1. */
  int size();

  /** The offset of record {@code index}. */
  long offset(int index);

  /** The record's own timestamp in Unix milliseconds, or -1 where the log has none. */
  long timestamp(int index);

  /** The key, or null when the record has none. */
  byte @Nullable [] key(int index);

  /** The value, or null for a tombstone. */
  byte @Nullable [] value(int index);

  /** The headers in the order they were written; allocates, so ask only where they are needed. */
  List<RecordHeader> headers(int index);

  /** Key, value and headers together as the client counts them, in bytes. */
  long sizeInBytes();

  /**
   * The position after this batch: one past its last record, or further where nothing readable
   * follows.
   */
  long nextOffset();

  /** A view of the records {@code from} (inclusive) to {@code to} (exclusive). */
  RecordBatch slice(int from, int to);

  /** The index of the first record whose offset is at least {@code offset}, or {@link #size()}. */
  default int indexOf(long offset) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offset(middle) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
