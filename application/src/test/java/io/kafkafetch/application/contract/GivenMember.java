package io.kafkafetch.application.contract;

import io.kafkafetch.application.contract.RecordingSinks.Recording;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.Member;
import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A member with recording sinks, told in phrases: which group, which processors, then launched. */
public final class GivenMember {
  private final TestCluster cluster;
  private final String topic;
  private final RecordingSinks sinks;
  private final ConsumerId consumer;
  private final String group;
  private DeliveryPolicy policy;
  private OffsetReset reset = OffsetReset.EARLIEST;
  private List<ProcessorSpec> processors = List.of(RecordingSinks.processor("sink"));
  private final int ordinal;
  private @Nullable Member launched;

  GivenMember(TestCluster cluster, String topic, DeliveryPolicy policy) {
    this(cluster, topic, "group-of-" + topic, policy, new RecordingSinks(), Given.newId(), 0);
  }

  private GivenMember(
      TestCluster cluster,
      String topic,
      String group,
      DeliveryPolicy policy,
      RecordingSinks sinks,
      ConsumerId consumer,
      int ordinal) {
    this.cluster = cluster;
    this.topic = topic;
    this.group = group;
    this.policy = policy;
    this.sinks = sinks;
    this.consumer = consumer;
    this.ordinal = ordinal;
  }

  GivenMember withPolicy(DeliveryPolicy other) {
    policy = other;
    return this;
  }

  GivenMember reset(OffsetReset other) {
    reset = other;
    return this;
  }

  GivenMember processors(ProcessorSpec... others) {
    processors = List.of(others);
    return this;
  }

  /** Another member of the same consumer, with the same sinks; not launched yet. */
  GivenMember another(int number) {
    var other = new GivenMember(cluster, topic, group, policy, sinks, consumer, number);
    return other.reset(reset).processors(processors.toArray(ProcessorSpec[]::new));
  }

  GivenMember launch() {
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(List.of(sinks)),
            SecretReferences.none(),
            cluster.broker().deadLetters(),
            new ProcessorEnvironment(Map.of(), InstantSource.system()),
            () -> ThreadLocalRandom.current().nextDouble());
    launched = cluster.broker().members().launch(spec(), engine.open(spec()));
    return this;
  }

  void swap(ProcessorSpec... others) {
    processors = List.of(others);
    member().apply(spec());
  }

  private MemberSpec spec() {
    return new MemberSpec(
        consumer,
        1,
        ordinal,
        new ServerId("server"),
        new ConsumerSpec(
            cluster.address(),
            new TopicName(topic),
            new GroupId(group),
            processors,
            2,
            reset,
            policy));
  }

  Recording sink() {
    return sinks.named("sink");
  }

  Recording sink(String name) {
    return sinks.named(name);
  }

  Member member() {
    return Objects.requireNonNull(launched, "not launched");
  }

  MemberReport report() {
    return member().report();
  }

  boolean is(Condition condition) {
    return report().condition() == condition;
  }

  String group() {
    return group;
  }

  String deadLetterTopic() {
    return spec().spec().deadLetterTopic().value();
  }

  long committed(int partition) {
    return cluster.committed(group, topic, partition).map(CommittedOffset::offset).orElse(-1L);
  }

  void retire() throws InterruptedException {
    member().retire();
    awaitRetired();
  }

  void awaitRetired() throws InterruptedException {
    if (launched != null && !launched.awaitRetired(Duration.ofSeconds(20))) {
      throw new AssertionError("The member did not retire within 20 s");
    }
  }
}
