package io.kafkafetch.events;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How a {@link TypedConsumer} reads. Immutable; the names and defaults are those of seed 004. */
public final class ConsumerOptions {
  private static final ConsumerOptions DEFAULTS = builder().build();

  private final String bootstrapServers;
  private final Optional<String> groupId;
  private final AutoOffsetReset autoOffsetReset;
  private final boolean enableAutoCommit;
  private final Duration consumerTimeout;
  private final OptionalInt maxPollRecords;
  private final Duration brokerTimeout;
  private final Consumer<SkippedRecord> onSkipped;
  private final Map<String, String> clientProperties;

  private ConsumerOptions(Builder builder) {
    bootstrapServers = builder.bootstrapServers;
    groupId = builder.groupId;
    autoOffsetReset = builder.autoOffsetReset;
    enableAutoCommit = builder.enableAutoCommit;
    consumerTimeout = builder.consumerTimeout;
    maxPollRecords = builder.maxPollRecords;
    brokerTimeout = builder.brokerTimeout;
    onSkipped = builder.onSkipped;
    clientProperties = Map.copyOf(builder.clientProperties);
  }

  /** All defaults: the broker of this machine, no group. */
  public static ConsumerOptions defaults() {
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

  /** The consumer group; empty: all partitions, and no commits. */
  public Optional<String> groupId() {
    return groupId;
  }

  /** Where to begin without a committed offset. */
  public AutoOffsetReset autoOffsetReset() {
    return autoOffsetReset;
  }

  /** Whether what was handled is committed without being asked. */
  public boolean enableAutoCommit() {
    return enableAutoCommit;
  }

  /** How long callback consumption waits for a record before it returns. */
  public Duration consumerTimeout() {
    return consumerTimeout;
  }

  /** The most records per poll; empty: Kafka's own 500. */
  public OptionalInt maxPollRecords() {
    return maxPollRecords;
  }

  /** How long a call waits for an answer of Kafka. */
  public Duration brokerTimeout() {
    return brokerTimeout;
  }

  /** Who is told of skipped records. */
  public Consumer<SkippedRecord> onSkipped() {
    return onSkipped;
  }

  /** Further properties of the Kafka client. */
  public Map<String, String> clientProperties() {
    return clientProperties;
  }

  /** Collects options. Each method refuses a wrong value at once, naming what is accepted. */
  public static final class Builder {
    /** What the consumer itself decides, and the option that says it. */
    private static final Map<String, String> OWNED =
        Map.of(
            "bootstrap.servers", "bootstrapServers",
            "group.id", "groupId",
            "auto.offset.reset", "autoOffsetReset",
            "enable.auto.commit", "enableAutoCommit",
            "max.poll.records", "maxPollRecords",
            "default.api.timeout.ms", "brokerTimeout",
            "key.deserializer", "the codec",
            "value.deserializer", "the codec");

    private String bootstrapServers = "localhost:9092";
    private Optional<String> groupId = Optional.empty();
    private AutoOffsetReset autoOffsetReset = AutoOffsetReset.EARLIEST;
    private boolean enableAutoCommit = true;
    private Duration consumerTimeout = Duration.ofSeconds(1);
    private OptionalInt maxPollRecords = OptionalInt.empty();
    private Duration brokerTimeout = Duration.ofSeconds(10);
    private Consumer<SkippedRecord> onSkipped = _ -> {};
    private final Map<String, String> clientProperties = new TreeMap<>();

    private Builder() {}

    /** The brokers to begin with, {@code host:port,host:port}; {@code localhost:9092}. */
    public Builder bootstrapServers(String servers) {
      bootstrapServers = OptionRules.notBlank("bootstrapServers", servers);
      return this;
    }

    /** The consumer group whose members share the partitions; none. */
    public Builder groupId(String group) {
      groupId = Optional.of(OptionRules.notBlank("groupId", group));
      return this;
    }

    /** Where to begin without a committed offset; {@link AutoOffsetReset#EARLIEST}. */
    public Builder autoOffsetReset(AutoOffsetReset reset) {
      autoOffsetReset = reset;
      return this;
    }

    /** Whether what was handled is committed without being asked; true. Needs a group. */
    public Builder enableAutoCommit(boolean enable) {
      enableAutoCommit = enable;
      return this;
    }

    /** How long callback consumption waits for a record before it returns; 1000 ms. */
    public Builder consumerTimeout(Duration timeout) {
      consumerTimeout = OptionRules.notNegative("consumerTimeout", timeout);
      return this;
    }

    /** The most records per poll, at least 1; Kafka's own 500. */
    public Builder maxPollRecords(int records) {
      if (records < 1) {
        throw new IllegalArgumentException("maxPollRecords must be at least 1, not " + records);
      }
      maxPollRecords = OptionalInt.of(records);
      return this;
    }

    /**
     * How long a call waits for an answer of Kafka before it throws: construction, commit, seek,
     * position, and a poll that hears nothing from any broker; 100 ms to 10 minutes, 10 s.
     */
    public Builder brokerTimeout(Duration timeout) {
      brokerTimeout = OptionRules.brokerTimeout(timeout);
      return this;
    }

    /**
     * Who is told of each skipped record, on the consuming thread, after it was logged. What it
     * throws is logged and changes nothing; nobody.
     */
    public Builder onSkipped(Consumer<SkippedRecord> hook) {
      onSkipped = hook;
      return this;
    }

    /**
     * A further property of the Kafka client, such as those of TLS and SASL.
     *
     * @throws IllegalArgumentException if an option of this builder says it
     */
    public Builder clientProperty(String name, String value) {
      OptionRules.requireNotOwned(name, OWNED);
      clientProperties.put(name, value);
      return this;
    }

    /** The options as collected until now. */
    public ConsumerOptions build() {
      return new ConsumerOptions(this);
    }
  }
}
