package io.kafkafetch.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How to run an embedded broker.
 *
 * @param dataDir the folder of the whole installation; the broker keeps {@code kafka/} in it
 * @param cacheDir where Kafka's jars are unpacked once, {@code cache/} in the data folder by
 *     default
 * @param preferredPort the port to take on the first start, or the next free one after it
 *     (1-65535); 0 takes any free one. Later starts use the port that the first one chose
 * @param heap the broker's heap as the JVM spells it, {@code 384m} by default
 * @param clientProtocol Kafka's security protocol of the listener for clients, PLAINTEXT by
 *     default; the broker's own two listeners stay plain and on loopback
 * @param advertisedPort the port on 127.0.0.1 that clients are told to use, 0 (the default) for the
 *     broker's own; a proxy's port, in tests
 * @param brokerProperties further broker properties; they win over ours
 * @param listeners further listeners for clients, each with a security protocol of its own
 * @param systemProperties system properties of the broker's JVM
 * @param startLimit how long the broker may take until clients may connect, 60 s by default
 * @param stopLimit how long it may take to stop before it is killed, 10 s by default
 */
public record EmbeddedKafkaSettings(
    Path dataDir,
    Path cacheDir,
    int preferredPort,
    String heap,
    String clientProtocol,
    int advertisedPort,
    Map<String, String> brokerProperties,
    List<Listener> listeners,
    Map<String, String> systemProperties,
    Duration startLimit,
    Duration stopLimit) {

  /**
   * A further listener for clients.
   *
   * @param name upper case, as Kafka's {@code listeners} names it
   * @param protocol PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL
   */
  public record Listener(String name, String protocol, int port) {}

  public EmbeddedKafkaSettings {
    dataDir = dataDir.toAbsolutePath().normalize();
    cacheDir = cacheDir.toAbsolutePath().normalize();
    brokerProperties = Map.copyOf(brokerProperties);
    listeners = List.copyOf(listeners);
    systemProperties = Map.copyOf(systemProperties);
    requirePort("preferredPort", preferredPort);
    requirePort("advertisedPort", advertisedPort);
  }

  /** The defaults, in this data folder. */
  public static EmbeddedKafkaSettings in(Path dataDir) {
    return new EmbeddedKafkaSettings(
        dataDir,
        dataDir.resolve("cache"),
        0,
        "384m",
        "PLAINTEXT",
        0,
        Map.of(),
        List.of(),
        Map.of(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  static void requirePort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " must be 0-65535, not " + port);
    }
  }

  /** With another cache folder. */
  public EmbeddedKafkaSettings withCacheDir(Path folder) {
    return new EmbeddedKafkaSettings(
        dataDir,
        folder,
        preferredPort,
        heap,
        clientProtocol,
        advertisedPort,
        brokerProperties,
        listeners,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /** With a preferred port; 0 for any free one. */
  public EmbeddedKafkaSettings withPreferredPort(int port) {
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        port,
        heap,
        clientProtocol,
        advertisedPort,
        brokerProperties,
        listeners,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /** With another heap, such as {@code 512m}. */
  public EmbeddedKafkaSettings withHeap(String size) {
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        size,
        clientProtocol,
        advertisedPort,
        brokerProperties,
        listeners,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /** With another security protocol for clients: SASL_PLAINTEXT, SSL or SASL_SSL. */
  public EmbeddedKafkaSettings withClientProtocol(String protocol) {
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        heap,
        protocol,
        advertisedPort,
        brokerProperties,
        listeners,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /**
   * With another port on 127.0.0.1 that clients are told to use, such as a {@link FaultProxy}'s.
   */
  public EmbeddedKafkaSettings withAdvertisedPort(int port) {
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        heap,
        clientProtocol,
        port,
        brokerProperties,
        listeners,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /** With one more broker property. */
  public EmbeddedKafkaSettings withBrokerProperty(String name, String value) {
    var properties = new HashMap<>(brokerProperties);
    properties.put(name, value);
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        heap,
        clientProtocol,
        advertisedPort,
        properties,
        listeners,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /** With one more listener for clients, on a port of 127.0.0.1 that is free. */
  public EmbeddedKafkaSettings withListener(String name, String protocol, int port) {
    var more = new ArrayList<>(listeners);
    more.add(new Listener(name, protocol, port));
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        heap,
        clientProtocol,
        advertisedPort,
        brokerProperties,
        more,
        systemProperties,
        startLimit,
        stopLimit);
  }

  /** With one more system property of the broker's JVM. */
  public EmbeddedKafkaSettings withSystemProperty(String name, String value) {
    var more = new HashMap<>(systemProperties);
    more.put(name, value);
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        heap,
        clientProtocol,
        advertisedPort,
        brokerProperties,
        listeners,
        more,
        startLimit,
        stopLimit);
  }

  /** With other limits for start and stop. */
  public EmbeddedKafkaSettings withLimits(Duration start, Duration stop) {
    return new EmbeddedKafkaSettings(
        dataDir,
        cacheDir,
        preferredPort,
        heap,
        clientProtocol,
        advertisedPort,
        brokerProperties,
        listeners,
        systemProperties,
        start,
        stop);
  }
}
