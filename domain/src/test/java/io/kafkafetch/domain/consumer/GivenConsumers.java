package io.kafkafetch.domain.consumer;

import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Consumers in every state, in one phrase. */
final class GivenConsumers {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final ConsumerId ID = new ConsumerId(new UUID(1, 2));

  private GivenConsumers() {}

  static Consumer inactive() {
    return Consumer.create(ID, spec("payments", "/a.log", Duration.ofSeconds(1)), false, NOW);
  }

  static Consumer active() {
    return Consumer.create(ID, spec("payments", "/a.log", Duration.ofSeconds(1)), true, NOW);
  }

  static Consumer inError(Failure failure) {
    return active().halt(1, failure);
  }

  static Failure fatal() {
    return Failure.fatal("a refused password", NOW);
  }

  static Failure passing(int attempts) {
    return Failure.probedAt("no broker", NOW, attempts, NOW.plusSeconds(2));
  }

  static ConsumerSpec anotherTopic() {
    return spec("orders", "/a.log", Duration.ofSeconds(1));
  }

  static ConsumerSpec anotherProcessor() {
    return spec("payments", "/b.log", Duration.ofSeconds(1));
  }

  static ConsumerSpec slowerCommits() {
    return spec("payments", "/a.log", Duration.ofSeconds(5));
  }

  private static ConsumerSpec spec(String topic, String file, Duration commits) {
    var policy = DeliveryPolicy.DEFAULT;
    return new ConsumerSpec(
        ClusterAddress.plain(new BrokerAddress("localhost", 9092)),
        new TopicName(topic),
        new GroupId("group"),
        List.of(
            new ProcessorSpec(
                new UUID(3, 4),
                "file_sink",
                new ProcessorConfig(Map.of("file_path", file)),
                NOW,
                NOW)),
        1,
        OffsetReset.EARLIEST,
        new DeliveryPolicy(
            policy.maxBatchRecords(),
            policy.maxBatchBytes(),
            policy.linger(),
            commits,
            policy.retry(),
            policy.deadLetter()));
  }
}
