package io.kafkafetch.adapter.http.produce;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what becomes of each record, in order, and packs it for the caller. */
final class Settler implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final ResultQueue results;
  private final ResultLog log;
  private final ResultPacker packer;
  private int taken;

  Settler(ResultQueue results, ResultLog log) {
    this.results = results;
    this.log = log;
    this.packer = new ResultPacker(log);
  }

  @Override
  public void run() {
    try {
      for (var next = results.take(); !next.isEmpty(); next = results.take()) {
        for (var result : next) {
          settle(result);
        }
        if (!results.isAtHand()) {
          passOn();
        }
      }
      passOn();
    } catch (InterruptedException e) {
      LOG.debug("Interrupted while results were waited for");
      Thread.currentThread().interrupt();
    } finally {
      log.end();
    }
  }

  private void settle(ResultQueue.Result result) throws InterruptedException {
    if (!result.receipt().isDone()) {
      // No result that is known waits for one that is not.
      passOn();
    }
    switch (Outcome.of(result.topic(), result.receipt())) {
      case Outcome.Written written -> packer.written(written.topic(), written.receipt());
      case Outcome.Failed failed -> packer.line(OutcomeJson.line(failed, result.line()));
    }
    taken++;
  }

  private void passOn() throws InterruptedException {
    packer.handOver();
    results.taken(taken);
    taken = 0;
  }
}
