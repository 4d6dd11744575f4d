package io.kafkafetch.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The properties of the Kafka client under a consumer. */
final class ConsumerProperties {
  private static final Duration MIN_REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration MAX_REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private ConsumerProperties() {}

  static Map<String, Object> of(ConsumerOptions options) {
    var properties = defaults(options.brokerTimeout());
    properties.putAll(options.clientProperties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
    options.groupId().ifPresent(group -> properties.put(ConsumerConfig.GROUP_ID_CONFIG, group));
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, options.autoOffsetReset().label());
    // Kafka's own would commit, on close, what a poll handed out and nobody has handled.
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    options
        .maxPollRecords()
        .ifPresent(most -> properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, most));
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(options.brokerTimeout().toMillis()));
    return properties;
  }

  private static Map<String, Object> defaults(Duration brokerTimeout) {
    var request =
        brokerTimeout.compareTo(MIN_REQUEST_TIMEOUT) < 0
            ? MIN_REQUEST_TIMEOUT
            : brokerTimeout.compareTo(MAX_REQUEST_TIMEOUT) > 0
                ? MAX_REQUEST_TIMEOUT
                : brokerTimeout;
    var properties = new HashMap<String, Object>();
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(request.toMillis()));
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A member that was killed is missed after 10 s; a new partition is found after as long.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
    properties.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return properties;
  }

  /** The longest that a member may take between two polls before its group gives it up. */
  static Duration maxPollInterval(Map<String, Object> properties) {
    var millis = properties.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    return Duration.ofMillis(Long.parseLong(String.valueOf(millis)));
  }
}
