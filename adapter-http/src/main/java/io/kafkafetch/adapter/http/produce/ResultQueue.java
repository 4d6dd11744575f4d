package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.application.driving.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * From the thread that sends to the one that settles, in order and bounded: beyond {@link #ROOM}
 * records that are not acknowledged yet, sending pauses.
 */
final class ResultQueue {
  /** Some 100 bytes each. */
  static final int ROOM = 16 << 10;

  private static final int HANDED_OVER_AT = 256;
  private static final int RESERVED_AT_ONCE = 64;

  /** One record, sent or refused; {@code line} counts from 1. */
  record Result(String topic, long line, CompletableFuture<Receipt> receipt) {}

  /** Bounded by {@link #room}: each list in it but the last holds something. */
  private final LinkedBlockingQueue<List<Result>> handed = new LinkedBlockingQueue<>();

  private final Semaphore room = new Semaphore(ROOM);

  /** Room that was taken for what comes next: to take it for each alone costs more than to add. */
  private int reserved;

  /** Belongs to the sending thread until it is handed over. */
  private List<Result> gathered = new ArrayList<>(HANDED_OVER_AT);

  /** Set when nobody settles any more. */
  private volatile boolean abandoned;

  /** Makes room for one more; false when nobody settles any more. */
  boolean reserve() throws InterruptedException {
    if (reserved == 0) {
      if (!room.tryAcquire(RESERVED_AT_ONCE)) {
        handOver();
        room.acquire(RESERVED_AT_ONCE);
      }
      reserved = RESERVED_AT_ONCE;
    }
    reserved--;
    return !abandoned;
  }

  /** Adds what room was made for. */
  void add(Result result) {
    gathered.add(result);
    if (gathered.size() == HANDED_OVER_AT) {
      handOver();
    }
  }

  /** Lets the settling thread have what was added so far. */
  void handOver() {
    if (!gathered.isEmpty()) {
      handed.add(gathered);
      gathered = new ArrayList<>(HANDED_OVER_AT);
    }
  }

  /** How many were added, or had room made for them, and are not settled yet. */
  int unsettled() {
    return ROOM - room.availablePermits() - reserved;
  }

  /** Waits until all that was added is settled and passed on, or nobody settles any more. */
  void awaitSettled() throws InterruptedException {
    handOver();
    int all = ROOM - reserved;
    room.acquire(all);
    room.release(all);
  }

  /** Nothing comes any more. */
  void end() {
    handOver();
    handed.add(List.of());
  }

  /** Whether something, or the end, can be had without waiting. */
  boolean isAtHand() {
    return !handed.isEmpty();
  }

  /** What was added next; empty at the end. */
  List<Result> take() throws InterruptedException {
    return handed.take();
  }

  /** So many are settled and passed on. */
  void taken(int results) {
    room.release(results);
  }

  /** Nobody answers any more. */
  void abandon() {
    abandoned = true;
    room.release(ROOM);
  }
}
