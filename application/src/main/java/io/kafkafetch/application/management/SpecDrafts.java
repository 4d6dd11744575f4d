package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks for a whole spec as a caller would, so that it goes through the same rules. */
final class SpecDrafts {
  private SpecDrafts() {}

  static ConsumerDraft of(ConsumerSpec spec) {
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(
            spec.cluster().bootstrapServers().stream().map(BrokerAddress::toString).toList()),
        Optional.of(spec.cluster().clientConfig()),
        Optional.of(spec.topic().value()),
        Optional.of(spec.group().value()),
        Optional.empty(),
        Optional.of(
            spec.processors().stream()
                .map(processor -> new ProcessorDraft(processor.type(), processor.config()))
                .toList()),
        OptionalLong.of(spec.tasksMax()),
        Optional.of(spec.offsetReset().label()),
        Optional.of(delivery(spec.delivery())));
  }

  private static DeliveryDraft delivery(DeliveryPolicy policy) {
    var attempts = policy.retry().attempts();
    return new DeliveryDraft(
        OptionalLong.of(policy.maxBatchRecords()),
        OptionalLong.of(policy.maxBatchBytes()),
        OptionalLong.of(policy.linger().toMillis()),
        OptionalLong.of(policy.commitInterval().toMillis()),
        OptionalLong.of(policy.retry().initial().toMillis()),
        OptionalLong.of(policy.retry().max().toMillis()),
        Optional.of(policy.retry().jitter()),
        Optional.of(
            attempts.isPresent() ? OptionalLong.of(attempts.getAsInt()) : OptionalLong.empty()),
        Optional.of(policy.deadLetter().enabled()),
        Optional.of(policy.deadLetter().topic().map(TopicName::value)));
  }
}
