package io.kafkafetch.application.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an adapter of {@link RunReports} must keep. */
public abstract class RunReportsContract extends StorageContract {
  private RunReports reports() {
    return storage().reports();
  }

  private ConsumerId storedConsumer() {
    var consumer = Given.activeConsumer();
    storage().consumers().insert(consumer, "created");
    return consumer.id();
  }

  @Test
  void aReportComesBackWithEveryPartAsItWas() {
    var report = Given.fullReport(storedConsumer(), "a");

    reports().save(List.of(report));

    assertEquals(List.of(report), reports().of(report.consumer()));
  }

  @Test
  void anInstantIsKeptToTheMicrosecond() {
    var consumer = storedConsumer();
    var nanos = Instant.parse("2026-11-05T12:00:00.123456999Z");

    reports().save(List.of(Given.report(consumer, "a", nanos)));

    assertEquals(List.of(Given.report(consumer, "a", Given.NOON)), reports().of(consumer));
  }

  @Test
  void aLaterReportOfTheSameServerTakesThePlaceOfTheEarlier() {
    var consumer = storedConsumer();
    var later = Given.fullReport(consumer, "a");
    reports().save(List.of(Given.report(consumer, "a", Given.NOON)));

    reports().save(List.of(later));

    assertEquals(List.of(later), reports().of(consumer));
  }

  @Test
  void ofTwoInOneSaveTheLastStays() {
    var consumer = storedConsumer();
    var last = Given.fullReport(consumer, "a");

    reports().save(List.of(Given.report(consumer, "a", Given.NOON), last));

    assertEquals(List.of(last), reports().of(consumer));
  }

  @Test
  void eachServerHasItsOwnReportAndTheyAreOrderedByServer() {
    var consumer = storedConsumer();
    // Capitals before small letters and no language's rules: the order of the characters.
    var inOrder =
        Stream.of("A", "B", "a", "a-1", "a1", "b", "ä")
            .map(server -> Given.report(consumer, server, Given.NOON))
            .toList();

    inOrder.reversed().forEach(report -> reports().save(List.of(report)));

    assertEquals(inOrder, reports().of(consumer));
  }

  @Test
  void theReportsOfManyAreOrderedByConsumerAndServer() {
    var consumers = Stream.generate(this::storedConsumer).limit(5).toList();
    var all =
        consumers.stream()
            .flatMap(consumer ->
                Stream.of(
                    Given.report(consumer, "b", Given.NOON),
                    Given.report(consumer, "a", Given.NOON)))
            .toList();
    reports().save(all);
    reports().save(List.of(Given.report(storedConsumer(), "a", Given.NOON)));

    assertEquals(
        all.stream()
            .sorted(
                Comparator.comparing(RunReport::consumer)
                    .thenComparing(report -> report.server().value()))
            .toList(),
        reports().of(consumers));
  }

  @Test
  void nobodysReportsAreNone() {
    reports().save(List.of(Given.report(storedConsumer(), "a", Given.NOON)));
    reports().save(List.of());

    assertEquals(List.of(), reports().of(List.of()));
    assertEquals(List.of(), reports().of(Given.newId()));
  }

  @Test
  void theReportOfAConsumerThatIsGoneIsDroppedAndTheOthersAreKept() {
    var kept = Given.report(storedConsumer(), "a", Given.NOON);
    var lost = Given.report(Given.newId(), "a", Given.NOON);

    reports().save(List.of(lost, kept));

    assertEquals(List.of(kept), reports().of(List.of(lost.consumer(), kept.consumer())));
  }

  @Test
  void aReportOutlivesChangesOfItsConsumer() {
    Consumer active = Given.activeConsumer();
    storage().consumers().insert(active, "created");
    var report = Given.report(active.id(), "a", Given.NOON);
    reports().save(List.of(report));

    storage().consumers().replace(active, active.stop(Given.NOON), "stopped");

    assertEquals(List.of(report), reports().of(active.id()));
  }

  @Test
  void aServerRemovesItsOwnReportsOnly() {
    var one = storedConsumer();
    var two = storedConsumer();
    var others = Given.report(one, "b", Given.NOON);
    var keptOfOwn = Given.report(two, "a", Given.NOON);
    reports().save(List.of(Given.report(one, "a", Given.NOON), others, keptOfOwn));

    reports().remove(new ServerId("a"), List.of(one));

    assertEquals(List.of(others), reports().of(one));
    assertEquals(List.of(keptOfOwn), reports().of(two));
  }

  @Test
  void aServerThatRunsNothingAnyMoreRemovesAllOfItsOwn() {
    var one = storedConsumer();
    var two = storedConsumer();
    var others = Given.report(two, "b", Given.NOON);
    reports()
        .save(
            List.of(
                Given.report(one, "a", Given.NOON), Given.report(two, "a", Given.NOON), others));

    reports().removeAll(new ServerId("a"));

    assertEquals(List.of(), reports().of(one));
    assertEquals(List.of(others), reports().of(two));
  }
}
