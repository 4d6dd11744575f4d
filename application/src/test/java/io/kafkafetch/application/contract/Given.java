package io.kafkafetch.application.contract;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The worlds in which the contracts are tested, in one phrase each. */
public final class Given {
  /** When everything happens, to the microsecond. */
  public static final Instant NOON = Instant.parse("2026-11-05T12:00:00.123456Z");

  private Given() {}

  /** An id that nothing else has. */
  public static ConsumerId newId() {
    return new ConsumerId(UUID.randomUUID());
  }

  /** An ACTIVE consumer, created at noon. */
  public static Consumer activeConsumer() {
    return Consumer.create(newId(), spec("orders", "billing"), true, NOON);
  }

  /** An INACTIVE consumer, created at noon. */
  public static Consumer inactiveConsumer() {
    return Consumer.create(newId(), spec("orders", "billing"), false, NOON);
  }

  /** An ACTIVE consumer of that topic and group, created so many seconds after noon. */
  public static Consumer activeConsumer(String topic, String group, long seconds) {
    return Consumer.create(newId(), spec(topic, group), true, NOON.plusSeconds(seconds));
  }

  /** What is wanted of a plain consumer of that topic and group. */
  public static ConsumerSpec spec(String topic, String group) {
    return new ConsumerSpec(
        ClusterAddress.plain(new BrokerAddress("localhost", 9092)),
        new TopicName(topic),
        new GroupId(group),
        List.of(),
        1,
        OffsetReset.EARLIEST,
        DeliveryPolicy.DEFAULT);
  }

  /** A spec in which nothing is as it is by default, and whose texts and numbers are odd. */
  public static ConsumerSpec oddSpec() {
    return new ConsumerSpec(
        new ClusterAddress(
            List.of(new BrokerAddress("::1", 1), new BrokerAddress("kafka.example", 65535)),
            Map.of("security.protocol", "SASL_SSL", "sasl.password", "${env:PASSWORD}")),
        new TopicName("a.b_c-D"),
        new GroupId("Gruppe „\uD83D\uDC18“ 'x' \\ \"y\""),
        List.of(
            new ProcessorSpec(newId().value(), "odd_sink", oddConfig(), NOON, NOON.plusNanos(1000)),
            new ProcessorSpec(newId().value(), "plain", ProcessorConfig.empty(), NOON, NOON)),
        7,
        OffsetReset.LATEST,
        new DeliveryPolicy(
            1,
            Long.MAX_VALUE,
            Duration.ofNanos(1_500_001),
            Duration.ofHours(30),
            new RetryPolicy(
                Duration.ofNanos(1), Duration.ofDays(4), 0.123456789, OptionalInt.of(3)),
            new DeadLetterPolicy(false, Optional.of(new TopicName("letters")))));
  }

  /** Every kind of value, keys out of their alphabetical order, and texts that break things. */
  private static ProcessorConfig oddConfig() {
    var values = new LinkedHashMap<String, Object>();
    values.put("z", "first");
    values.put("a", "NUL \u0000, lone surrogate \uD800, ʼ „ü“ \uD83D\uDC18 \u2028 </script>");
    values.put("", "");
    values.put("yes", true);
    values.put("whole", Long.MIN_VALUE);
    values.put("fraction", 0.1);
    values.put("round", 1.0);
    values.put("tiny", Double.MIN_VALUE);
    values.put("list", List.of(1L, "two", false, List.of(), Map.of()));
    values.put("headers", Map.of("Authorization", "Bearer ${file:/secret}"));
    return new ProcessorConfig(values);
  }

  /** A failure that is probed in a minute. */
  public static Failure probed(int attempts) {
    return Failure.probedAt(
        "The broker at localhost:9092 does not answer.",
        NOON.plusSeconds(1),
        attempts,
        NOON.plusSeconds(60));
  }

  /** A server of that id. */
  public static FleetServer server(String id) {
    return new FleetServer(new ServerId(id), id + ".example:8000");
  }

  /** A report that all is well. */
  public static RunReport report(ConsumerId consumer, String server, Instant at) {
    return new RunReport(
        consumer,
        new ServerId(server),
        1,
        Condition.RUNNING,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        RunCounts.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        at);
  }

  /** A report in which there is something of everything. */
  public static RunReport fullReport(ConsumerId consumer, String server) {
    var trouble =
        new Trouble("The disk is full \u0000.", NOON, 4, Optional.of(NOON.plusSeconds(8)));
    return new RunReport(
        consumer,
        new ServerId(server),
        12,
        Condition.DEGRADED,
        Optional.of(trouble),
        true,
        List.of(
            new PartitionReport("t", 0, 9, OptionalLong.of(7), OptionalLong.of(Long.MAX_VALUE)),
            new PartitionReport("t", 1, 0, OptionalLong.empty(), OptionalLong.empty())),
        List.of(
            new ProcessorReport(
                newId().value(), "file_sink", Optional.of(trouble), 1, 2, 3, 4, 5, 6),
            new ProcessorReport(newId().value(), "other", Optional.empty(), 0, 0, 0, 0, 0, 0)),
        new RunCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Optional.of(NOON.plusSeconds(1)),
        Optional.of(NOON.plusSeconds(2)),
        Optional.of(NOON.plusSeconds(3)),
        NOON.plusSeconds(4));
  }
}
