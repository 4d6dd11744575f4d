package io.kafkafetch.events;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How a {@link TypedProducer} sends. Immutable. */
public final class ProducerOptions {
  private static final ProducerOptions DEFAULTS = builder().build();

  private final String bootstrapServers;
  private final Duration brokerTimeout;
  private final Duration deliveryTimeout;
  private final Map<String, String> clientProperties;

  private ProducerOptions(Builder builder) {
    bootstrapServers = builder.bootstrapServers;
    brokerTimeout = builder.brokerTimeout;
    deliveryTimeout = builder.deliveryTimeout;
    clientProperties = Map.copyOf(builder.clientProperties);
  }

  /** All defaults: the broker of this machine. */
  public static ProducerOptions defaults() {
    return DEFAULTS;
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The brokers to begin with, {@code host:port,host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** How long construction waits for a broker, and a send for room and for the topic. */
  public Duration brokerTimeout() {
    return brokerTimeout;
  }

  /** How long an event may take until it is acknowledged. */
  public Duration deliveryTimeout() {
    return deliveryTimeout;
  }

  /** Further properties of the Kafka client. */
  public Map<String, String> clientProperties() {
    return clientProperties;
  }

  /** Collects options. Each method refuses a wrong value at once, naming what is accepted. */
  public static final class Builder {
    /** What the producer itself decides, and what says it. */
    private static final Map<String, String> OWNED =
        Map.of(
            "bootstrap.servers", "bootstrapServers",
            "max.block.ms", "brokerTimeout",
            "delivery.timeout.ms", "deliveryTimeout",
            "acks", "the producer: all",
            "enable.idempotence", "the producer: true",
            "transactional.id", "the producer: none",
            "key.serializer", "the codec",
            "value.serializer", "the codec");

    private String bootstrapServers = "localhost:9092";
    private Duration brokerTimeout = Duration.ofSeconds(10);
    private Duration deliveryTimeout = Duration.ofMinutes(2);
    private final Map<String, String> clientProperties = new TreeMap<>();

    private Builder() {}

    /** The brokers to begin with, {@code host:port,host:port}; {@code localhost:9092}. */
    public Builder bootstrapServers(String servers) {
      bootstrapServers = OptionRules.notBlank("bootstrapServers", servers);
      return this;
    }

    /**
     * How long construction waits for a broker, and a send for room in the buffer and for the
     * topic; 100 ms to 10 minutes, 10 s.
     */
    public Builder brokerTimeout(Duration timeout) {
      brokerTimeout = OptionRules.brokerTimeout(timeout);
      return this;
    }

    /**
     * How long an event may take until it is acknowledged, tried again meanwhile; 1 s to 1 hour,
     * 120 s. When it has passed it is unknown whether the event was written.
     */
    public Builder deliveryTimeout(Duration timeout) {
      if (timeout.compareTo(Duration.ofSeconds(1)) < 0
          || timeout.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "deliveryTimeout must be from 1 s to 1 hour, not " + timeout);
      }
      deliveryTimeout = timeout;
      return this;
    }

    /**
     * A further property of the Kafka client, such as those of TLS and SASL.
     *
     * @throws IllegalArgumentException if an option of this builder or the producer itself says it
     */
    public Builder clientProperty(String name, String value) {
      OptionRules.requireNotOwned(name, OWNED);
      clientProperties.put(name, value);
      return this;
    }

    /** The options as collected until now. */
    public ProducerOptions build() {
      return new ProducerOptions(this);
    }
  }
}
