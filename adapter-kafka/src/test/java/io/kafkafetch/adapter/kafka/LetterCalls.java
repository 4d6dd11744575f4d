package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;

import io.kafkafetch.application.driving.DeadLetterManagement;
import io.kafkafetch.application.driving.DeadLetterPage;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Consumers whose sinks refuse some records, and what can be asked about their dead letters. */
abstract class LetterCalls {
  static final Duration SOON = Duration.ofSeconds(30);
  static GivenApplication given;

  @BeforeAll
  static void start() {
    given = new GivenApplication(EmbeddedKafka.shared());
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  @BeforeEach
  void takeEverything() {
    given.sink.refusal = _ -> Optional.empty();
  }

  static DeadLetterManagement letters() {
    return given.application.deadLetters();
  }

  /** A consumer whose sink refused every thousandth of that many records, and is mended then. */
  static String givenRefused(int records) {
    var topic = given.topic(1);
    refuse(value -> value.endsWith("777"));
    given.produce(topic, 0, records);
    var id = given.running(topic, topic + "-group");
    await().atMost(SOON).until(() -> given.committed(topic + "-group") == records);
    takeAll();
    return id;
  }

  static void refuse(java.util.function.Predicate<String> poison) {
    given.sink.refusal =
        value -> poison.test(value) ? Optional.of(new Cause.Poison("not that")) : Optional.empty();
  }

  static void takeAll() {
    given.sink.refusal = _ -> Optional.empty();
    given.sink.values().clear();
  }

  static DeadLetterPage page(String id) {
    return letters().letters(id, 100, Optional.empty());
  }

  static Redrive ended(String id, RedriveDraft draft) {
    letters().redrive(id, draft);
    return awaitEnd(id);
  }

  static Redrive awaitEnd(String id) {
    await().atMost(SOON).until(() -> letters().lastRedrive(id).state() != RedriveState.RUNNING);
    return letters().lastRedrive(id);
  }

  static RedriveDraft offsets(Long... offsets) {
    return draft(Optional.of(List.of(offsets)), OptionalLong.empty(), OptionalInt.empty());
  }

  static RedriveDraft draft(Optional<List<Long>> offsets, OptionalLong rate, OptionalInt attempts) {
    return new RedriveDraft(
        offsets,
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rate,
        attempts);
  }

  static List<Optional<Settlement.Outcome>> outcomes(String id) {
    return page(id).letters().stream()
        .map(letter -> letter.settled().map(Settlement::outcome))
        .toList();
  }

  static OptionalLong all() {
    return OptionalLong.empty();
  }

  static OptionalInt noPartition() {
    return OptionalInt.empty();
  }
}
