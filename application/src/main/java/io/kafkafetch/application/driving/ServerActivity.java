package io.kafkafetch.application.driving;

import io.kafkafetch.application.driving.ConsumerInsight.Counts;
import io.kafkafetch.application.driving.ConsumerInsight.Wellness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this server does, in numbers, for whoever watches over it. Every method is cheap and asks
 * neither Kafka nor the database. Counts grow as long as the process lives.
 */
public interface ServerActivity {
  /** Every consumer that this server runs. */
  List<Run> runs();

  /** How many consumers there are by state, on all servers; empty while the database is away. */
  Optional<Map<String, Integer>> consumersByState();

  /** How long it took from handing a batch over until every processor of its consumer had it. */
  Latency batches();

  /** By type of processor, in order. */
  List<Sink> sinks();

  /** What callers have written through this server. */
  Published published();

  /**
   * A consumer as this server runs it.
   *
   * @param wellness of this server's run
   * @param counts what its members on this server have counted
   * @param lag over the partitions that are assigned here, as far as known
   * @param lastProgressAt when a record was last delivered here
   */
  record Run(
      String id,
      String topic,
      String group,
      Wellness wellness,
      Counts counts,
      long lag,
      Optional<Instant> lastProgressAt) {}

  /**
   * What all processors of one type have done on this server.
   *
   * @param delivered records that they took
   * @param failed refusals, of whatever kind
   * @param retried tries after a transient refusal
   * @param calls how long each call to deliver took
   */
  record Sink(
      String type, long delivered, long failed, long retried, long deadLettered, Latency calls) {}

  /**
   * How long something took.
   *
   * @param bounds the longest time of each bucket but the last, in seconds
   * @param counts how many are in each bucket, the last being for all that took longer
   * @param seconds all times together
   */
  record Latency(List<Double> bounds, List<Long> counts, double seconds) {}

  /**
   * Records that were to be written.
   *
   * @param records that were acknowledged
   * @param bytes their keys and values
   * @param failed records that were not, or of which that is not known
   */
  record Published(long records, long bytes, long failed) {}
}
