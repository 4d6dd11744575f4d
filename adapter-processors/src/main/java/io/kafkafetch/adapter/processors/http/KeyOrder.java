package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which units must wait for which: a unit follows the one before it that has a record of the same
 * key. Records without a key wait for nobody. Keys are told apart by a hash, so that two of them
 * may wait for each other in vain, which costs a little time and no order.
 */
final class KeyOrder {
  private static final int NONE = -1;

  private final int[] waitsFor;
  private final int[] firstEdge;
  private final int[] nextEdge;
  private final int[] follower;
  private int edges;

  private KeyOrder(int units, int records) {
    waitsFor = new int[units];
    firstEdge = new int[units];
    Arrays.fill(firstEdge, NONE);
    nextEdge = new int[records];
    follower = new int[records];
  }

  /** The order among units of a batch that are in the batch's order. */
  static KeyOrder among(RecordBatch batch, List<Unit> units) {
    int records = 0;
    for (var unit : units) {
      records += unit.records();
    }
    var order = new KeyOrder(units.size(), records);
    int capacity = Math.max(2, Integer.highestOneBit(Math.max(1, records)) * 4);
    int[] hashes = new int[capacity];
    int[] latest = new int[capacity];
    Arrays.fill(latest, NONE);
    for (int u = 0; u < units.size(); u++) {
      var unit = units.get(u);
      for (int i = unit.from(); i < unit.to(); i++) {
        var key = batch.key(i);
        if (key != null) {
          order.follow(u, hash(key), hashes, latest);
        }
      }
    }
    return order;
  }

  private void follow(int unit, int hash, int[] hashes, int[] latest) {
    int mask = latest.length - 1;
    int slot = hash & mask;
    while (latest[slot] != NONE && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    int before = latest[slot];
    if (before != NONE && before != unit) {
      follower[edges] = unit;
      nextEdge[edges] = firstEdge[before];
      firstEdge[before] = edges++;
      waitsFor[unit]++;
    }
    hashes[slot] = hash;
    latest[slot] = unit;
  }

  private static int hash(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9e3779b9;
    return hash ^ (hash >>> 15);
  }

  /** Whether the unit waits for one that is not done. */
  boolean isBlocked(int unit) {
    return waitsFor[unit] > 0;
  }

  /** The unit is done: passes on the units that now wait for nobody. */
  void done(int unit, IntConsumer released) {
    for (int edge = firstEdge[unit]; edge != NONE; edge = nextEdge[edge]) {
      if (--waitsFor[follower[edge]] == 0) {
        released.accept(follower[edge]);
      }
    }
  }
}
