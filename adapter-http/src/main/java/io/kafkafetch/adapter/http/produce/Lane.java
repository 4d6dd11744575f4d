package io.kafkafetch.adapter.http.produce;

import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import java.util.concurrent.CompletableFuture;

/**
 * Which way the lines of one request go: at once, or, when they come so fast that many are under
 * way at a time, in bulk. It changes only while none is under way, since one way could overtake the
 * other. Belongs to the reading thread.
 */
final class Lane {
  /**
   * So many are under way only when they come faster than one every few microseconds, or when Kafka
   * takes longer to acknowledge than a record may wait in bulk.
   */
  static final int MANY = 512;

  private final Producing producing;
  private final ResultQueue results;
  private boolean bulk;
  private long chosenAt;

  Lane(Producing producing, ResultQueue results) {
    this.producing = producing;
    this.results = results;
  }

  /**
   * Chooses for what comes next, at most once for each time that the stream was read.
   *
   * @param readings how often that was
   */
  void choose(long readings) throws InterruptedException {
    if (readings == chosenAt) {
      return;
    }
    chosenAt = readings;
    int unsettled = results.unsettled();
    if (bulk) {
      bulk = unsettled > 0;
    } else if (unsettled >= MANY) {
      results.awaitSettled();
      bulk = true;
    }
  }

  CompletableFuture<Receipt> publish(OutgoingRecord record) {
    return bulk ? producing.publishInBulk(record) : producing.publish(record);
  }
}
