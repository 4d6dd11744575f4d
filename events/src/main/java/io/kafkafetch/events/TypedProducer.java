package io.kafkafetch.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events of one type to Kafka topics: idempotent, acknowledged by all in-sync replicas, in
 * order for each key of the codec. For any number of threads.
 *
 * <p>An event that could not be written is logged, counted, and told by its future.
 *
 * @param <T> the type of the events
 */
public sealed class TypedProducer<T> implements AutoCloseable permits WorkflowEventProducer {
  private static final Logger LOG = LoggerFactory.getLogger(TypedProducer.class);

  private final RecordCodec<T> codec;
  private final ProducerOptions options;
  private final KafkaProducer<byte[], byte[]> kafka;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * Connects to Kafka.
   *
   * @throws KafkaException if no broker answers within the broker timeout, or one refuses
   */
  public TypedProducer(RecordCodec<T> codec, ProducerOptions options) {
    this.codec = codec;
    this.options = options;
    var properties = properties(options);
    try {
      BrokerContact.require(properties, options.brokerTimeout());
      kafka = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      LOG.error("Connecting to Kafka failed", e);
      throw e;
    }
  }

  private static Map<String, Object> properties(ProducerOptions options) {
    var properties = new HashMap<String, Object>();
    int delivery = Math.toIntExact(options.deliveryTimeout().toMillis());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // Two in flight on a topic that is just being made can be accepted in the wrong order, and the
    // first is then out of sequence until it expires.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    // Kafka wants a delivery to outlast one request and the time that it lingers.
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(30_000, delivery / 2));
    properties.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.putAll(options.clientProperties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(
        ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.toIntExact(options.brokerTimeout().toMillis()));
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    return properties;
  }

  /**
   * Sends an event. Blocks, for the broker timeout at most, only while the topic is looked up or
   * the buffer is full.
   *
   * @return where it was written, once it is acknowledged; completes with the {@link
   *     KafkaException} when it was not. What is chained to it runs on the client's only network
   *     thread and must not wait
   * @throws IllegalStateException if this producer is closed
   */
  public CompletableFuture<RecordMetadata> send(String topic, T event) {
    var record = new ProducerRecord<>(topic, codec.keyOf(event), codec.encode(event));
    var outcome = new CompletableFuture<RecordMetadata>();
    try {
      var _ = kafka.send(record, (place, failure) -> conclude(outcome, topic, place, failure));
    } catch (KafkaException e) {
      conclude(outcome, topic, null, e);
    }
    return outcome;
  }

  private void conclude(
      CompletableFuture<RecordMetadata> outcome,
      String topic,
      @Nullable RecordMetadata place,
      @Nullable Exception failure) {
    if (failure == null && place != null) {
      sent.increment();
      outcome.complete(place);
    } else {
      var cause = failure == null ? new KafkaException("No answer came") : failure;
      // Kafka reports some failures twice: by the callback, and by throwing.
      if (outcome.completeExceptionally(cause)) {
        failed.increment();
        LOG.error("An event was not written to {}", topic, cause);
      }
    }
  }

  /**
   * Sends an event and waits until it is acknowledged.
   *
   * @return where it was written
   * @throws KafkaException if it was not acknowledged within the delivery timeout: whether it was
   *     written is then unknown
   */
  public RecordMetadata sendAndWait(String topic, T event) {
    try {
      return send(topic, event).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refusal
          ? refusal
          : new KafkaException("An event was not written to " + topic, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while sending to " + topic, e);
    }
  }

  /** Waits until everything sent before has been written or has failed. */
  public void flush() {
    kafka.flush();
  }

  /** What became of the events so far. */
  public ProducerCounts counts() {
    return new ProducerCounts(sent.sum(), failed.sum());
  }

  /** Waits until every event has been written or has failed, at most the delivery timeout. */
  @Override
  public void close() {
    close(options.deliveryTimeout());
  }

  /**
   * Waits this long for events that are on their way; those that are then left fail.
   *
   * @param timeout zero or more
   */
  public void close(Duration timeout) {
    kafka.close(OptionRules.notNegative("timeout", timeout));
  }
}
