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

/** Consumers whose sink has refused records, and what can be done about those. */
final class GivenLetters implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);
  final GivenApplication server = new GivenApplication(EmbeddedKafka.shared());

  DeadLetterManagement letters() {
    return server.application.deadLetters();
  }

  /** A consumer whose sink refused every thousandth of that many records, and is mended then. */
  String givenRefused(int records) {
    var topic = server.topic(1);
    refuse(value -> value.endsWith("777"));
    server.produce(topic, 0, records);
    var id = server.running(topic, topic + "-group");
    await().atMost(SOON).until(() -> server.committed(topic + "-group") == records);
    takeAll();
    return id;
  }

  void refuse(java.util.function.Predicate<String> poison) {
    server.sink.refusal =
        value -> poison.test(value) ? Optional.of(new Cause.Poison("not that")) : Optional.empty();
  }

  void takeAll() {
    server.sink.refusal = _ -> Optional.empty();
    server.sink.values().clear();
  }

  DeadLetterPage page(String id) {
    return letters().letters(id, 100, Optional.empty());
  }

  Redrive ended(String id, RedriveDraft draft) {
    letters().redrive(id, draft);
    return awaitEnd(id);
  }

  Redrive awaitEnd(String id) {
    await().atMost(SOON).until(() -> letters().lastRedrive(id).state() != RedriveState.RUNNING);
    return letters().lastRedrive(id);
  }

  RedriveDraft offsets(Long... offsets) {
    return draft(Optional.of(List.of(offsets)), OptionalLong.empty(), OptionalInt.empty());
  }

  RedriveDraft draft(Optional<List<Long>> offsets, OptionalLong rate, OptionalInt attempts) {
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

  List<Optional<Settlement.Outcome>> outcomes(String id) {
    return page(id).letters().stream()
        .map(letter -> letter.settled().map(Settlement::outcome))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
