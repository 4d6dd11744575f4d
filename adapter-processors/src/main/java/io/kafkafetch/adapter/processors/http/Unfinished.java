package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one partition remembers beyond the hole where it stopped. It never holds more than what was
 * handed over at once, and forgets as the position passes. Owned by the thread that delivers.
 */
final class Unfinished {
  /** Offsets that were taken although an earlier one was not. */
  private final TreeSet<Long> delivered = new TreeSet<>();

  /**
   * First to last offset of requests whose outcome is unknown. They are sent again with the same
   * records, so that the receiver can know them by their key.
   */
  private final TreeMap<Long, Long> unsettled = new TreeMap<>();

  /** Everything below {@code offset} is dealt with. */
  void passed(long offset) {
    if (!delivered.isEmpty()) {
      delivered.headSet(offset).clear();
    }
    if (!unsettled.isEmpty()) {
      unsettled.headMap(offset).clear();
    }
  }

  void clear() {
    delivered.clear();
    unsettled.clear();
  }

  boolean isDelivered(long offset) {
    return !delivered.isEmpty() && delivered.contains(offset);
  }

  boolean hasUnsettledFrom(long offset) {
    return !unsettled.isEmpty() && unsettled.containsKey(offset);
  }

  /** Where a request that began at record {@code index} ended, if the batch has all of it. */
  OptionalInt unsettledEnd(RecordBatch batch, int index) {
    var last = unsettled.isEmpty() ? null : unsettled.get(batch.offset(index));
    if (last == null) {
      return OptionalInt.empty();
    }
    int end = batch.indexOf(last);
    return end < batch.size() && batch.offset(end) == last
        ? OptionalInt.of(end + 1)
        : OptionalInt.empty();
  }

  /** The unit was taken while an earlier one was not. */
  void deliveredBeyond(RecordBatch batch, Unit unit) {
    for (int i = unit.from(); i < unit.to(); i++) {
      delivered.add(batch.offset(i));
    }
  }

  /** Nobody knows whether the unit was taken. */
  void unsettled(RecordBatch batch, Unit unit) {
    if (unit.records() > 1) {
      unsettled.put(batch.offset(unit.from()), batch.offset(unit.to() - 1));
    }
  }

  /** The outcome of the unit is known now. */
  void settled(RecordBatch batch, Unit unit) {
    if (!unsettled.isEmpty()) {
      unsettled.remove(batch.offset(unit.from()));
    }
  }
}
