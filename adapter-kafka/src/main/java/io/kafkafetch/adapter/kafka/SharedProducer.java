package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that all callers share: made when first needed, made anew when it broke for good, and
 * asked whether Kafka is there before anything is entrusted to it. Safe for any thread.
 */
final class SharedProducer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedProducer.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final int PROBE_SECONDS = 5;

  private final ClusterAddress cluster;
  private final Supplier<Map<String, Object>> properties;
  private final BooleanSupplier reachable;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> probe =
      new AtomicReference<>();

  /** A producer and its own count of open connections. */
  private record Open(Producer<byte[], byte[]> producer, Optional<Metric> connections) {}

  /** Replaced under this object's monitor. */
  private volatile @Nullable Open open;

  /** Whether the last that was heard of Kafka was a failure. */
  private volatile boolean suspect;

  /** Set once, under this object's monitor. */
  private boolean closed;

  /**
   * A producer that is not open yet.
   *
   * @param properties what it is made of
   * @param reachable asks the cluster whether it answers, within a bounded time
   */
  SharedProducer(
      ClusterAddress cluster, Supplier<Map<String, Object>> properties, BooleanSupplier reachable) {
    this.cluster = cluster;
    this.properties = properties;
    this.reachable = reachable;
  }

  /** The producer. */
  Producer<byte[], byte[]> get() {
    return opened().producer();
  }

  private Open opened() {
    var now = open;
    return now != null ? now : openNow();
  }

  private synchronized Open openNow() {
    var now = open;
    if (now != null) {
      return now;
    }
    if (closed) {
      throw new Refusal.Unavailable("The server is about to stop", RETRY_AFTER);
    }
    var producer = new KafkaProducer<byte[], byte[]>(properties.get());
    var connections =
        producer.metrics().entrySet().stream()
            .filter(entry -> entry.getKey().name().equals("connection-count"))
            .<Metric>map(entry -> entry.getValue())
            .findFirst();
    var made = new Open(producer, connections);
    open = made;
    return made;
  }

  /** Kafka acknowledged something. */
  void succeeded() {
    if (suspect) {
      suspect = false;
    }
  }

  /** Kafka did not take something. */
  void failed(Throwable fault) {
    doubt(fault);
    if (isBroken(fault)) {
      replace(fault);
    }
  }

  /** Kafka did not take something that another producer sent. */
  void doubt(Throwable fault) {
    if (fault instanceof org.apache.kafka.common.errors.TimeoutException
        || fault instanceof RetriableException) {
      suspect = true;
    }
  }

  /** Whether the producer will never send again. It says so by throwing what is no API error. */
  private static boolean isBroken(Throwable fault) {
    return fault instanceof AuthenticationException
        || fault instanceof ClusterAuthorizationException
        || fault instanceof UnsupportedVersionException
        || fault instanceof OutOfOrderSequenceException
        || fault instanceof InvalidPidMappingException
        || fault instanceof IllegalStateException
        || fault.getClass() == KafkaException.class;
  }

  private void replace(Throwable fault) {
    Open broken;
    synchronized (this) {
      broken = open;
      open = null;
    }
    if (broken != null) {
      LOG.warn("The producer is made anew: {}", Faults.sentence(fault));
      // Not on the producer's own thread, which may be the one that brought the news.
      Thread.ofVirtual().name("close-producer").start(() -> broken.producer().close(CLOSE_TIMEOUT));
    }
  }

  /**
   * Returns when there is reason to believe that Kafka is there.
   *
   * @throws Refusal.Unavailable when it is not
   */
  void requireReachable() {
    if (!suspect && isConnected()) {
      return;
    }
    if (!probe()) {
      throw new Refusal.Unavailable(
          "Kafka cannot be reached at " + cluster.bootstrap() + ", nothing was sent", RETRY_AFTER);
    }
    suspect = false;
  }

  private boolean isConnected() {
    return opened()
        .connections()
        .map(Metric::metricValue)
        .filter(Double.class::isInstance)
        .map(Double.class::cast)
        .map(count -> count > 0)
        .orElse(true);
  }

  /** Many ask at the same time, and one question answers them all. */
  private boolean probe() {
    var mine = new CompletableFuture<Boolean>();
    var asked = probe.compareAndExchange(null, mine);
    try {
      if (asked != null) {
        return asked.get(PROBE_SECONDS, TimeUnit.SECONDS);
      }
      boolean answer = false;
      try {
        answer = reachable.getAsBoolean();
      } finally {
        probe.set(null);
        mine.complete(answer);
      }
      return answer;
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends what waits, within bounds. */
  @Override
  public void close() {
    Open last;
    synchronized (this) {
      closed = true;
      last = open;
      open = null;
    }
    if (last != null) {
      last.producer().close(CLOSE_TIMEOUT);
    }
  }
}
