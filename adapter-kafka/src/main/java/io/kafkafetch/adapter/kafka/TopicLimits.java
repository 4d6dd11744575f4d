package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.domain.processor.RecordHeader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * What is too large for a topic, asked before it is sent. The broker would say it, too; but what it
 * refuses may have gathered a small record behind it, and the producer then divides the two again
 * and again without parting them, until all that waits for the partition has run out of time. Safe
 * for any thread.
 */
final class TopicLimits {
  private static final int MILLIS = 3_000;
  private static final int MOST_TOPICS = 10_000;

  /** What surrounds the records of a batch (the message format's version 2). */
  private static final int BATCH_OVERHEAD = 61;

  private final Supplier<Admin> admin;

  /** In bytes of a batch; {@link Long#MAX_VALUE} where only the broker knows. */
  private final Map<String, Long> limits = new ConcurrentHashMap<>();

  TopicLimits(Supplier<Admin> admin) {
    this.admin = admin;
  }

  /**
   * Refuses a record that its topic would not take even alone.
   *
   * @return how large a batch the topic takes, or {@link Long#MAX_VALUE} where only the broker
   *     knows
   */
  long require(OutgoingRecord record) {
    var known = limits.get(record.topic());
    long size = alone(record);
    if (known != null && size <= known) {
      return known;
    }
    // A limit can be raised, so that nothing is refused for what was read some time ago.
    long limit = look(record.topic());
    if (size > limit) {
      throw PublishFaults.tooLarge(record.topic());
    }
    return limit;
  }

  /** The broker has refused what we would not have: the limit was lowered. */
  void forget(String topic) {
    limits.remove(topic);
  }

  private long look(String topic) {
    long limit = read(topic);
    if (limits.size() >= MOST_TOPICS) {
      limits.clear();
    }
    limits.put(topic, limit);
    return limit;
  }

  private long read(String topic) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      var config =
          admin
              .get()
              .describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(MILLIS))
              .all()
              .get(MILLIS, TimeUnit.MILLISECONDS)
              .get(resource);
      var limit = config == null ? null : config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return limit == null ? Long.MAX_VALUE : Long.parseLong(limit.value());
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      // Not everybody may ask for a topic's settings; then the broker says it.
      return Long.MAX_VALUE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Long.MAX_VALUE;
    }
  }

  /** The size of a batch that holds nothing else. */
  static long alone(OutgoingRecord record) {
    // Attributes and the differences of timestamp and offset, a byte each.
    long body = 3L + sized(record.key()) + sized(record.value());
    body += ByteUtils.sizeOfVarint(record.headers().size());
    for (RecordHeader header : record.headers()) {
      body += sized(header.name().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      body += sized(header.value());
    }
    return BATCH_OVERHEAD + ByteUtils.sizeOfVarint((int) body) + body;
  }

  private static long sized(byte @Nullable [] bytes) {
    return bytes == null
        ? ByteUtils.sizeOfVarint(-1)
        : ByteUtils.sizeOfVarint(bytes.length) + (long) bytes.length;
  }
}
