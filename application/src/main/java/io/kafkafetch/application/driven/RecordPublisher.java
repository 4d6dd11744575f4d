package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.ServerActivity;
import java.util.concurrent.CompletableFuture;

/** Writes records into the server's own cluster. Safe for any thread. */
public interface RecordPublisher {
  /**
   * How many partitions a topic has; the topic is made where it is missing and the cluster makes
   * topics on first use. Cheap for a topic in use, else it blocks for some seconds at most.
   *
   * @throws Refusal.NotFound when there is no such topic
   * @throws Refusal.Forbidden when the cluster does not let us write to it
   * @throws Refusal.Unavailable when Kafka cannot be reached
   */
  int partitions(String topic);

  /**
   * Looks again, since a topic may have got more partitions since it was last looked at.
   *
   * @throws Refusal as {@link #partitions} does
   */
  int partitionsNow(String topic);

  /**
   * Sends a record, having looked for its topic as {@link #partitions} does. What is sent by one
   * thread to one partition keeps its order. Blocks for some seconds at most while too much waits
   * to be sent.
   *
   * @return completes with a receipt, or exceptionally with a {@link Refusal}
   */
  CompletableFuture<Receipt> publish(OutgoingRecord record);

  /**
   * The same for a record that has many behind it, and may wait some milliseconds for them. The
   * order of records is kept among those that are sent this way, and among those that are not.
   */
  CompletableFuture<Receipt> publishInBulk(OutgoingRecord record);

  /** What was written since the server started. */
  ServerActivity.Published published();
}
