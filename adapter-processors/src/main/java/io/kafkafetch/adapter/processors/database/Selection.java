package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Arrays;

/**
 * The records of a batch that become rows, in the batch's order.
 *
 * @param indexes the batch's indexes, of which the first {@code count} hold; empty for all records
 * @param tombstones whether there is one among them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Selection(RecordBatch batch, int[] indexes, int count, boolean tombstones) {
  private static final int[] ALL = {};

  /**
   * The longest key that is taken. A btree's entry has at most a third of a page; PostgreSQL would
   * refuse 2,704 bytes (nbtree.h).
   */
  private static final int MAX_KEY_BYTES = 2600;

  /** Which record of the batch a row is. */
  int index(int row) {
    return indexes.length == 0 ? row : indexes[row];
  }

  /** Every record. */
  static Selection all(RecordBatch batch) {
    return new Selection(batch, ALL, batch.size(), false);
  }

  /**
   * The last record of each key.
   *
   * @throws RefusedRecordException if a record has no key, or one that no index can hold
   */
  static Selection newest(RecordBatch batch) throws RefusedRecordException {
    int size = batch.size();
    requireKeys(batch);
    // Open addressing over indexes (plus one), so that no record costs an object.
    int mask = Integer.highestOneBit(2 * size) * 2 - 1;
    var slots = new int[mask + 1];
    var indexes = new int[size];
    int first = size;
    boolean tombstones = false;
    for (int i = size - 1; i >= 0; i--) {
      var key = batch.key(i);
      int slot = spread(Arrays.hashCode(key)) & mask;
      while (slots[slot] != 0 && !Arrays.equals(batch.key(slots[slot] - 1), key)) {
        slot = (slot + 1) & mask;
      }
      if (slots[slot] == 0) {
        slots[slot] = i + 1;
        indexes[--first] = i;
        tombstones |= batch.value(i) == null;
      }
    }
    return new Selection(batch, Arrays.copyOfRange(indexes, first, size), size - first, tombstones);
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  private static void requireKeys(RecordBatch batch) throws RefusedRecordException {
    for (int i = 0; i < batch.size(); i++) {
      var key = batch.key(i);
      if (key == null) {
        throw new RefusedRecordException(
            i, "The record has no key, and mode upsert keeps one row for each key");
      }
      if (key.length > MAX_KEY_BYTES) {
        throw new RefusedRecordException(
            i,
            "The record's key is longer than " + MAX_KEY_BYTES + " bytes, too long for an index");
      }
    }
  }
}
