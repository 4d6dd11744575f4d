package io.kafkafetch.adapter.http.produce;

import java.util.ArrayDeque;

/**
 * Results on their way to the caller, packed: many clients read nothing before they have sent all,
 * and a million results must find room meanwhile. Bounded for each request by {@link #MOST_BLOCKS},
 * and for all together by a budget; beyond that the settling thread waits, then the reading one,
 * and at last the sender.
 */
final class ResultLog {
  static final int BLOCK = 8 << 10;

  /** 4 MiB: some four million results where partitions are numbered below 200. */
  private static final int MOST_BLOCKS = 512;

  /** What every request may hold, so that each gets on when the budget is used up. */
  private static final int OWN_BLOCKS = 2;

  /** Packed results, and room for more behind them; a result never lies in two blocks. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Block(byte[] bytes, int length) {}

  private final ResultBudget budget;

  /** The rest is guarded by this object. */
  private final ArrayDeque<Block> blocks = new ArrayDeque<>();

  private int budgeted;
  private boolean ended;
  private boolean abandoned;

  ResultLog(ResultBudget budget) {
    this.budget = budget;
  }

  /**
   * Adds packed results, into the last block where they fit: what is settled now and then comes in
   * small pieces, and it is blocks that are counted. Waits while there is no room.
   *
   * @return whether the block's array belongs to this log now
   */
  synchronized boolean add(Block block) throws InterruptedException {
    if (abandoned || fitsIntoLast(block)) {
      return false;
    }
    while (!abandoned && !hasRoom()) {
      wait();
    }
    if (abandoned) {
      return false;
    }
    blocks.add(block);
    notifyAll();
    return true;
  }

  private boolean fitsIntoLast(Block block) {
    var last = blocks.peekLast();
    if (last == null || last.length + block.length > last.bytes.length) {
      return false;
    }
    System.arraycopy(block.bytes, 0, last.bytes, last.length, block.length);
    blocks.removeLast();
    blocks.addLast(new Block(last.bytes, last.length + block.length));
    return true;
  }

  private boolean hasRoom() {
    if (blocks.size() < OWN_BLOCKS) {
      return true;
    }
    if (blocks.size() >= MOST_BLOCKS || !budget.take()) {
      return false;
    }
    budgeted++;
    return true;
  }

  /** Nothing comes any more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Whether a block, or the end, can be had without waiting. */
  synchronized boolean isAtHand() {
    return ended || !blocks.isEmpty();
  }

  /** Waits until a block, or the end, can be had. */
  synchronized void await() throws InterruptedException {
    while (blocks.isEmpty() && !ended) {
      wait();
    }
  }

  /** The next block, or an empty one at the end. */
  synchronized Block take() throws InterruptedException {
    await();
    var block = blocks.poll();
    if (block == null) {
      return new Block(new byte[0], 0);
    }
    if (budgeted > 0) {
      budgeted--;
      budget.giveBack(1);
    }
    notifyAll();
    return block;
  }

  /** Nobody takes any more. */
  synchronized void abandon() {
    abandoned = true;
    blocks.clear();
    budget.giveBack(budgeted);
    budgeted = 0;
    notifyAll();
  }
}
