package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.SessionReaders;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The properties of our Kafka clients, and why they are so (DESIGN.md, The way of a record). Every
 * client of a cluster is made of these, and thus speaks with it as its {@code client_config} says.
 */
final class ClientProperties {
  /** A member that is silent for longer loses its partitions. */
  static final int SESSION_TIMEOUT_MS = 10_000;

  /** A third of the session timeout, as Kafka advises: each wakes a member some four times. */
  static final int HEARTBEAT_MS = SESSION_TIMEOUT_MS / 3;

  /** The same. */
  static final Duration HEARTBEAT = Duration.ofMillis(HEARTBEAT_MS);

  /**
   * How long a member's fetch waits at the broker for something to come. What an idle member costs
   * is how often it wakes; a position that moves waits for the fetch that is under way. Two of them
   * end just when the member is up for its next heartbeat anyway (ADR 0160).
   */
  static final int MEMBER_FETCH_WAIT_MS = HEARTBEAT_MS / 2 - 6;

  /** What a poll of a member brings at most. */
  static final int MAX_POLL_RECORDS = 5_000;

  /** What a poll of a session asks for when it names no number; the rest stays in the client. */
  static final int SESSION_POLL_RECORDS = 500;

  private final ClusterSecurity security;
  private final int metadataMaxAgeMillis;

  /**
   * Properties for clients of any cluster.
   *
   * @param metadataMaxAge after how long a client looks for partitions that are new, and topics
   *     that were made anew
   */
  ClientProperties(ClusterSecurity security, Duration metadataMaxAge) {
    this.security = security;
    metadataMaxAgeMillis = Math.toIntExact(metadataMaxAge.toMillis());
  }

  /**
   * Looks whether Kafka is spoken there, before a client is made for an address that a caller
   * named.
   *
   * @throws org.apache.kafka.common.KafkaException when something else is
   */
  void probe(ClusterAddress cluster) {
    BrokerProbe.check(cluster, security.tls(cluster));
  }

  /**
   * The same before a question that somebody waits for.
   *
   * @throws org.apache.kafka.common.KafkaException also when every address refuses the connection
   */
  void probeForAQuestion(ClusterAddress cluster) {
    BrokerProbe.checkForAQuestion(cluster, security.tls(cluster));
  }

  Map<String, Object> member(MemberSpec spec, FetchBudget.Share share) {
    var properties = common(spec.spec().cluster());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, spec.spec().group().value());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, memberName(spec));
    // A static member that comes back within the session timeout takes over at once (KIP-345).
    properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, memberName(spec));
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    // Polling never stops, so this only ever catches a thread that died.
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Where to start is ours to decide, once, and never by accident.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, share.fetchBytes());
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, share.fetchBytesPerPartition());
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MEMBER_FETCH_WAIT_MS);
    wakeSeldom(properties, HEARTBEAT_MS);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return properties;
  }

  /**
   * For a session: no static membership, since it leaves for good; its fetches within its share.
   */
  Map<String, Object> session(ClusterAddress cluster, SessionReaders.Spec spec, int share) {
    var properties = common(cluster);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, spec.group().value());
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "kafka-fetch-session-" + spec.name());
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS / 4);
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, SESSION_POLL_RECORDS);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, share);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, share);
    wakeSeldom(properties, 1_000);
    // A seek waits for the fetch that is under way, so that may not wait for long.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return properties;
  }

  /**
   * The client's heartbeat thread wakes once in the plain backoff, whether or not there is anything
   * to do: with the standard 100 ms, two thousand members that do nothing keep a processor busy. It
   * need not wake more often than it has heartbeats to send. What the client does again, it does
   * after the backoff's maximum where that is smaller (KIP-580); the little that takes the plain
   * value waits within a poll, and {@link PollTimeout} ends those (ADR 0141).
   */
  private static void wakeSeldom(Map<String, Object> properties, int backoffMillis) {
    properties.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, backoffMillis);
    properties.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, Math.min(backoffMillis, 500));
  }

  /** Names the member for the broker, its logs and static membership. */
  static String memberName(MemberSpec spec) {
    return "kafka-fetch-" + spec.consumer() + "-" + spec.ordinal() + "-" + spec.server();
  }

  Map<String, Object> admin(ClusterAddress cluster) {
    var properties = common(cluster);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "kafka-fetch-admin");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return properties;
  }

  /** For reading single records outside any group. */
  Map<String, Object> recordReader(ClusterAddress cluster) {
    var properties = common(cluster);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "kafka-fetch-record-reader");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // One batch of each partition is enough to find its first record.
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return properties;
  }

  /** For reading dead letters outside any group, a few at a time. */
  Map<String, Object> letterReader(ClusterAddress cluster) {
    var properties = recordReader(cluster);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "kafka-fetch-dead-letter-reader");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return properties;
  }

  /** For dead letters: each is waited for, and none may be lost or doubled. */
  Map<String, Object> deadLetterProducer(ClusterAddress cluster) {
    var properties = common(cluster);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, "kafka-fetch-dead-letters");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // On a topic that is just being made the first of several requests can be refused and the
    // second accepted; the broker then takes the first, sent again, as out of sequence for ever.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    // One letter at a time comes from each partition; the largest must fit into the buffer.
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    properties.put(
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return properties;
  }

  /**
   * A warm member that reads for callers over HTTP. A group that is new to the cluster starts at
   * the earliest record. Fetches are short, since one that waits for some partitions keeps the next
   * one, for others, waiting.
   */
  Map<String, Object> lendingMember(ClusterAddress cluster, String group) {
    var properties = reader(cluster);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "kafka-fetch-consume");
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS / 4);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return properties;
  }

  /** Reads what it is assigned to, and is no member of a group. */
  Map<String, Object> browser(ClusterAddress cluster) {
    var properties = reader(cluster);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "kafka-fetch-browse");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return properties;
  }

  private Map<String, Object> reader(ClusterAddress cluster) {
    var properties = common(cluster);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 << 20);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    properties.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return properties;
  }

  Map<String, Object> common(ClusterAddress cluster) {
    var properties = security.properties(cluster);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrap());
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 100);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
    properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, metadataMaxAgeMillis);
    // Thousands of clients in one process: no JMX bean for each of their metrics, no pushing.
    properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return properties;
  }
}
