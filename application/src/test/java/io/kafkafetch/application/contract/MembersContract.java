package io.kafkafetch.application.contract;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What an adapter of {@link Members} must keep: where records come from, and what is committed. */
public abstract class MembersContract extends BrokerContract {
  @Test
  void everyProcessorGetsEveryRecordInOrderWithinAPartition() {
    var topic = topic(3);
    for (int partition = 0; partition < 3; partition++) {
      append(topic, partition, 0, 200);
    }

    var member = member(topic).processors(processor("one"), processor("other")).launch();

    await().atMost(SOON).until(() -> committedInAll(member) == 600);
    for (int partition = 0; partition < 3; partition++) {
      assertSame(numbers(0, 200), member.sink("one").values(partition));
      assertSame(numbers(0, 200), member.sink("other").values(partition));
    }
  }

  private static long committedInAll(GivenMember member) {
    return member.committed(0) + member.committed(1) + member.committed(2);
  }

  @Test
  void recordsThatComeLaterAreDeliveredToo() {
    var topic = topic(1);
    var member = member(topic).launch();
    await().atMost(SOON).until(() -> member.is(Condition.RUNNING));
    assertEquals(List.of(), member.sink().values());

    append(topic, 0, 0, 10);

    await().atMost(SOON).until(() -> member.sink().values().size() == 10);
    assertSame(numbers(0, 10), member.sink().values());
  }

  @Test
  void nothingIsCommittedThatWasNotDelivered() {
    var topic = topic(1);
    append(topic, 0, 0, 100);
    var member = member(topic);
    member.sink().refusal = refusing("60", new Cause.Transient("busy"));

    member.launch();

    await().atMost(SOON).until(() -> member.sink().values().size() == 60);
    await().atMost(SOON).until(() -> member.report().counts().retried() > 3);
    assertTrue(member.committed(0) <= 60, "committed " + member.committed(0));
    assertSame(numbers(0, 60), member.sink().values());
  }

  @Test
  void nothingIsCommittedThatWasNotFlushed() {
    var topic = topic(1);
    append(topic, 0, 0, 100);
    var member = member(topic);
    member.sink().flushing = () -> Optional.of(new Cause.Transient("the disk is full"));

    member.launch();

    await().atMost(SOON).until(() -> member.sink().values().size() > 100);
    assertEquals(0, member.committed(0));
    member.sink().mend();
    await().atMost(SOON).until(() -> member.committed(0) == 100);
    assertSame(numbers(0, 100), member.sink().durable().stream().map(r -> r.value()).toList());
  }

  @Test
  void poisonGoesToTheDeadLetterTopicAndTheRestIsDelivered() {
    var topic = topic(1);
    append(topic, 0, 0, 300);
    var member = member(topic);
    member.sink().vague = true;
    member.sink().refusal = refusing("217", new Cause.Poison("not that one"));

    member.launch();

    await().atMost(SOON).until(() -> member.committed(0) == 300);
    var expected = numbers(0, 300).stream().filter(value -> !value.equals("217")).toList();
    assertSame(expected, member.sink().values());
    var letters = cluster().records(member.deadLetterTopic(), 0);
    assertEquals(1, letters.size());
    assertEquals(now + 217, letters.getFirst().timestamp());
    assertEquals(1, member.report().counts().deadLettered());
  }

  @Test
  void aFatalCauseHaltsTheMemberAndKeepsItsPosition() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 100);
    var member = member(topic);
    member.sink().refusal = refusing("70", new Cause.Fatal("no entry"));

    member.launch();

    await().atMost(SOON).until(() -> member.is(Condition.HALTED));
    assertEquals(Optional.of("no entry"), member.report().trouble().map(t -> t.reason()));
    member.awaitRetired();
    assertEquals(70, member.committed(0));
    member.sink().mend();
    member.launch();
    await().atMost(SOON).until(() -> member.sink().values().size() >= 100);
    assertSame(numbers(0, 100), member.sink().values());
  }

  @Test
  void aProcessorThatCannotBeOpenedHaltsTheMember() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 10);
    var member = member(topic);
    member.sink().opening = () -> Optional.of(new Cause.Fatal("wrong password"));

    member.launch();

    await().atMost(SOON).until(() -> member.is(Condition.HALTED));
    member.awaitRetired();
    assertTrue(member.committed(0) <= 0);
  }

  @Test
  void transientTroubleIsRetriedAndReportedUntilItIsOver() {
    var topic = topic(1);
    append(topic, 0, 0, 100);
    var member = member(topic);
    member.sink().refusal = refusing("30", new Cause.Transient("busy"));

    member.launch();

    await()
        .atMost(SOON)
        .until(() ->
            member.report().trouble().filter(t -> t.attempts() > 2).isPresent()
                && member.is(Condition.DEGRADED));
    assertEquals("busy", member.report().trouble().orElseThrow().reason());
    member.sink().mend();
    await().atMost(SOON).until(() -> member.sink().values().size() == 100);
    assertSame(numbers(0, 100), member.sink().values());
    await()
        .atMost(SOON)
        .until(() -> member.is(Condition.RUNNING) && member.report().trouble().isEmpty());
  }

  @Test
  void processorsAreSwappedInPlaceAndNothingIsLostOrRepeated() {
    var topic = topic(1);
    append(topic, 0, 0, 100);
    var kept = processor("kept");
    var member = member(topic).processors(kept, processor("old")).launch();
    await().atMost(SOON).until(() -> member.committed(0) == 100);

    member.swap(kept, processor("new"));
    await().atMost(SOON).until(() -> member.sink("old").open() == 0);
    append(topic, 0, 100, 200);

    await().atMost(SOON).until(() -> member.committed(0) == 200);
    assertSame(numbers(0, 200), member.sink("kept").values());
    assertSame(numbers(0, 100), member.sink("old").values());
    assertSame(numbers(100, 200), member.sink("new").values());
  }

  @Test
  void processorsAreSwappedWhileRecordsFlow() {
    var topic = topic(1);
    append(topic, 0, 0, 600);
    var kept = processor("kept");
    var member = member(topic).processors(kept, processor("old"));
    member.launch();
    await().atMost(SOON).until(() -> member.sink("kept").values().size() > 10);

    member.swap(kept, processor("new"));

    await().atMost(SOON).until(() -> member.committed(0) == 600);
    assertSame(numbers(0, 600), member.sink("kept").values());
    int drained = member.sink("old").values().size();
    assertSame(numbers(0, drained), member.sink("old").values());
    assertSame(numbers(drained, 600), member.sink("new").values());
  }

  @Test
  void membersOfAGroupShareThePartitionsAndTakeOverFromEachOther() throws InterruptedException {
    var topic = topic(4);
    var first = member(topic).launch();
    await().atMost(SOON).until(() -> first.report().partitions().size() == 4);
    var second = another(first, 1).launch();
    await()
        .atMost(SOON)
        .until(() ->
            first.report().partitions().size() == 2 && second.report().partitions().size() == 2);
    for (int partition = 0; partition < 4; partition++) {
      append(topic, partition, 0, 50);
    }
    await().atMost(SOON).until(() -> first.sink().values().size() == 200);

    second.retire();
    await().atMost(SOON).until(() -> first.report().partitions().size() == 4);
    for (int partition = 0; partition < 4; partition++) {
      append(topic, partition, 50, 100);
    }

    await().atMost(SOON).until(() -> first.sink().values().size() >= 400);
    for (int partition = 0; partition < 4; partition++) {
      assertSame(numbers(0, 100), first.sink().values(partition));
    }
  }

  @Test
  void aMissingTopicIsTroubleUntilItIsThere() {
    var topic = "missing-" + Given.newId();
    var member = member(topic).launch();
    await()
        .atMost(SOON)
        .until(() -> member.report().trouble().filter(t -> t.reason().contains(topic)).isPresent());
    assertTrue(!member.is(Condition.RUNNING));

    cluster().createTopic(topic, 1);
    append(topic, 0, 0, 5);

    await().atMost(SOON).until(() -> member.sink().values().size() == 5);
    await().atMost(SOON).until(() -> member.report().trouble().isEmpty());
  }

  @Test
  void theReportTellsWhereItIs() {
    var topic = topic(2);
    append(topic, 0, 0, 30);

    var member = member(topic).launch();

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var report = member.report();
          assertEquals(2, report.partitions().size());
          for (var partition : report.partitions()) {
            assertEquals(OptionalLong.of(0), partition.lag(), "lag of " + partition);
          }
          assertEquals(30, report.partitions().getFirst().position());
          assertEquals(30, report.counts().recordsConsumed());
          assertEquals(30, report.counts().processed());
          assertTrue(report.counts().rebalances() > 0);
          assertTrue(report.lastPollAt().isPresent());
          assertTrue(report.lastCommitAt().isPresent());
          assertTrue(report.lastProgressAt().isPresent());
          assertEquals(1, report.processors().size());
          assertEquals(30, report.processors().getFirst().delivered());
        });
  }

  @Test
  void aMemberThatIsRetiredWhileItsSinkIsStuckGoesWithinSeconds() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 10);
    var member = member(topic);
    member.sink().refusal =
        refusing("3", new Cause.Transient("away for a day", Optional.of(Duration.ofDays(1))));
    member.launch();
    await().atMost(SOON).until(() -> member.report().trouble().isPresent());

    member.retire();

    assertEquals(3, member.committed(0));
    assertEquals(0, member.sink().open());
  }

  private static java.util.function.Function<String, Optional<Cause>> refusing(
      String value, Cause cause) {
    return given -> given.equals(value) ? Optional.of(cause) : Optional.empty();
  }
}
