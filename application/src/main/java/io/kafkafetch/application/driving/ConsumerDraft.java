package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks of a consumer, of the right JSON types but otherwise unchecked. When a
 * consumer is made, what is absent takes its default; when it is changed, it stays as it is.
 *
 * @param bootstrapServers {@code host:port} texts, instead of {@code brokerHost} and {@code
 *     brokerPort}
 * @param misread what else was asked for and could not be read, each with what is accepted: nothing
 *     is done, and it is said together with what is wrong with the rest
 */
public record ConsumerDraft(
    Optional<String> brokerHost,
    OptionalLong brokerPort,
    Optional<List<String>> bootstrapServers,
    Optional<Map<String, String>> clientConfig,
    Optional<String> topic,
    Optional<String> group,
    Optional<Boolean> autoStart,
    Optional<List<ProcessorDraft>> processors,
    OptionalLong tasksMax,
    Optional<String> offsetReset,
    Optional<DeliveryDraft> delivery,
    List<Violation> misread) {
  public ConsumerDraft {
    misread = List.copyOf(misread);
  }

  /** A draft of which everything could be read. */
  public ConsumerDraft(
      Optional<String> brokerHost,
      OptionalLong brokerPort,
      Optional<List<String>> bootstrapServers,
      Optional<Map<String, String>> clientConfig,
      Optional<String> topic,
      Optional<String> group,
      Optional<Boolean> autoStart,
      Optional<List<ProcessorDraft>> processors,
      OptionalLong tasksMax,
      Optional<String> offsetReset,
      Optional<DeliveryDraft> delivery) {
    this(
        brokerHost,
        brokerPort,
        bootstrapServers,
        clientConfig,
        topic,
        group,
        autoStart,
        processors,
        tasksMax,
        offsetReset,
        delivery,
        List.of());
  }

  /** A draft of a consumer that reads a topic as a member of a group. */
  public static ConsumerDraft of(String topic, String group) {
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(topic),
        Optional.of(group),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, of which that could not be read. */
  public ConsumerDraft misreading(List<Violation> those) {
    return new ConsumerDraft(
        brokerHost,
        brokerPort,
        bootstrapServers,
        clientConfig,
        topic,
        group,
        autoStart,
        processors,
        tasksMax,
        offsetReset,
        delivery,
        those);
  }

  /** The same, reading from the cluster that these brokers belong to: {@code host:port} each. */
  public ConsumerDraft from(String... bootstrapServers) {
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(List.of(bootstrapServers)),
        clientConfig,
        topic,
        group,
        autoStart,
        processors,
        tasksMax,
        offsetReset,
        delivery,
        misread);
  }

  /** The same, with each record going to each of these processors. */
  public ConsumerDraft into(ProcessorDraft... those) {
    return new ConsumerDraft(
        brokerHost,
        brokerPort,
        bootstrapServers,
        clientConfig,
        topic,
        group,
        autoStart,
        Optional.of(List.of(those)),
        tasksMax,
        offsetReset,
        delivery,
        misread);
  }

  /** The same, started as soon as it is made. */
  public ConsumerDraft started() {
    return new ConsumerDraft(
        brokerHost,
        brokerPort,
        bootstrapServers,
        clientConfig,
        topic,
        group,
        Optional.of(true),
        processors,
        tasksMax,
        offsetReset,
        delivery,
        misread);
  }
}
