package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * Tells whether the group's coordinator answers, by the client's own count of answered heartbeats
 * ({@code poll()} does not throw on a dead broker), and when the next heartbeat goes out.
 *
 * <p>That is sent by a thread of the client's own. A poll that is under way holds the lock which it
 * needs, is woken to let go of it, waits for it twice and sleeps again. So an idle member's poll
 * ends shortly before, and it stays out of the client until the heartbeat has been sent; the next
 * poll finds the answer (ADR 0160).
 */
final class CoordinatorContact {
  /** So long before a heartbeat is due a poll ends. */
  static final Duration LEAD = Duration.ofMillis(5);

  /** For so long a member stays out of the client then. */
  static final Duration LULL = Duration.ofMillis(20);

  /** After so long an answer to a heartbeat is missed. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);

  private final Consumer<?, ?> consumer;
  private final Duration interval;
  private Optional<Metric> answered = Optional.empty();
  private Optional<KafkaMetric> sent = Optional.empty();
  private double seen;
  private Instant lastAnswer = Instant.MIN;
  private boolean news;

  /**
   * The contact of that client.
   *
   * @param interval how often it sends a heartbeat
   */
  CoordinatorContact(Consumer<?, ?> consumer, Duration interval) {
    this.consumer = consumer;
    this.interval = interval;
  }

  /** Whether a heartbeat was answered since this was last asked. */
  boolean isNew(Instant now) {
    if (answered.isEmpty()) {
      answered = metric("heartbeat-total");
      sent =
          metric("last-heartbeat-seconds-ago")
              .filter(KafkaMetric.class::isInstance)
              .map(KafkaMetric.class::cast)
              .filter(KafkaMetric::isMeasurable);
    }
    double total =
        answered
            .map(Metric::metricValue)
            .filter(Double.class::isInstance)
            .map(Double.class::cast)
            .orElse(0.0);
    news = total > seen;
    seen = total;
    lastAnswer = news ? now : lastAnswer;
    return news;
  }

  /** Whether a heartbeat is about to be sent, and a member without work should let it. */
  boolean isDue(Instant now) {
    var left = left(now);
    return left.isPresent()
        && left.getAsLong() <= LEAD.toMillis()
        && left.getAsLong() > LEAD.minus(LULL).toMillis();
  }

  /** For how long a member without work may poll; for {@link #isNew} was asked just now. */
  Duration patience(Instant now) {
    var left = left(now);
    if (left.isEmpty()) {
      return news ? PollTimeout.IDLE : PollTimeout.RESTLESS;
    }
    long millis = left.getAsLong() - LEAD.toMillis();
    return millis > 0 && isHeard(now, left.getAsLong())
        ? Duration.ofMillis(millis)
        : PollTimeout.RESTLESS;
  }

  /** Whether the last heartbeat was answered, or its answer may still come. */
  private boolean isHeard(Instant now, long left) {
    var age = interval.minusMillis(left);
    return !lastAnswer.isBefore(now.minus(age)) || age.compareTo(ANSWERED_WITHIN) < 0;
  }

  /** In how many milliseconds the next heartbeat is due; empty when that cannot be told. */
  private OptionalLong left(Instant now) {
    long millis = now.toEpochMilli();
    long age = sent.map(metric -> age(metric, millis)).orElse(-1L);
    long left = interval.toMillis() - age;
    return age < 0 || left < -interval.toMillis() ? OptionalLong.empty() : OptionalLong.of(left);
  }

  /**
   * How many milliseconds ago the last heartbeat was sent; negative before the first. The client
   * tells whole seconds for any time that it is asked about, so the time is sought at which one
   * more has passed.
   */
  private static long age(KafkaMetric metric, long now) {
    double seconds = metric.measurable().measure(metric.config(), now);
    if (seconds < 0) {
      return -1;
    }
    long low = 0;
    long high = 1_000;
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (metric.measurable().measure(metric.config(), now + middle) > seconds) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (long) ((seconds + 1) * 1_000) - high;
  }

  private Optional<Metric> metric(String name) {
    return consumer.metrics().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .<Metric>map(entry -> entry.getValue())
        .findFirst();
  }
}
