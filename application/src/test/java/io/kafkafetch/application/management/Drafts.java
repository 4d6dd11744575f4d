package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.delivery;
import static io.kafkafetch.application.management.GivenService.draft;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.DeliveryDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Drafts that differ in one thing from a right one. */
final class Drafts {
  static final OptionalLong NONE = OptionalLong.empty();
  static final ConsumerDraft RIGHT = draft("t", "g");

  private Drafts() {}

  static OptionalLong number(long value) {
    return OptionalLong.of(value);
  }

  static ConsumerDraft source(
      Optional<String> host,
      OptionalLong port,
      Optional<List<String>> servers,
      Map<String, String> client) {
    return new ConsumerDraft(
        host,
        port,
        servers,
        Optional.of(client),
        RIGHT.topic(),
        RIGHT.group(),
        RIGHT.autoStart(),
        RIGHT.processors(),
        RIGHT.tasksMax(),
        RIGHT.offsetReset(),
        RIGHT.delivery());
  }

  static ConsumerDraft servers(String... servers) {
    return source(Optional.empty(), NONE, Optional.of(List.of(servers)), Map.of());
  }

  static ConsumerDraft reset(String reset) {
    return new ConsumerDraft(
        RIGHT.brokerHost(),
        RIGHT.brokerPort(),
        RIGHT.bootstrapServers(),
        RIGHT.clientConfig(),
        RIGHT.topic(),
        RIGHT.group(),
        RIGHT.autoStart(),
        RIGHT.processors(),
        RIGHT.tasksMax(),
        Optional.of(reset),
        RIGHT.delivery());
  }

  static ConsumerDraft batches(OptionalLong records, OptionalLong bytes) {
    return delivery(RIGHT, timed(records, bytes, NONE, NONE));
  }

  static ConsumerDraft times(OptionalLong linger, OptionalLong interval) {
    return delivery(RIGHT, timed(NONE, NONE, linger, interval));
  }

  static DeliveryDraft timed(
      OptionalLong records, OptionalLong bytes, OptionalLong linger, OptionalLong interval) {
    return new DeliveryDraft(
        records,
        bytes,
        linger,
        interval,
        NONE,
        NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ConsumerDraft retry(
      OptionalLong initial,
      OptionalLong max,
      Optional<Double> jitter,
      Optional<OptionalLong> attempts) {
    return delivery(
        RIGHT,
        new DeliveryDraft(
            NONE,
            NONE,
            NONE,
            NONE,
            initial,
            max,
            jitter,
            attempts,
            Optional.empty(),
            Optional.empty()));
  }

  static ConsumerDraft letters(String topic) {
    return delivery(
        RIGHT,
        new DeliveryDraft(
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Optional.of(topic))));
  }
}
