package io.kafkafetch.application.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an adapter of {@link Members} must keep: where a group begins, and what overrides it. */
public abstract class MemberPlacesContract extends BrokerContract {
  @Test
  void whatWasRetiredGoesOnWhereItWas() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 100);
    var member = member(topic).launch();
    await().atMost(SOON).until(() -> member.sink().values().size() == 100);

    member.retire();
    assertEquals(100, member.committed(0));
    assertEquals(0, member.sink().open());
    append(topic, 0, 100, 200);
    member.launch();

    await().atMost(SOON).until(() -> member.sink().values().size() >= 200);
    assertSame(numbers(0, 200), member.sink().values());
  }

  @Test
  void aGroupBeginsAtTheOldestRecordOrAtTheEndAsItWasToldTo() {
    var topic = topic(1);
    append(topic, 0, 0, 50);

    var member = member(topic).reset(OffsetReset.LATEST).launch();

    await().atMost(SOON).until(() -> member.committed(0) == 50);
    append(topic, 0, 50, 60);
    await().atMost(SOON).until(() -> member.sink().values().size() >= 10);
    assertSame(numbers(50, 60), member.sink().values());
  }

  @Test
  void whereAGroupBeginsIsFixedBeforeItsFirstRecord() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 50);
    var member = member(topic).reset(OffsetReset.LATEST).launch();
    await().atMost(SOON).until(() -> member.committed(0) == 50);

    member.retire();
    append(topic, 0, 50, 60);
    member.launch();

    await().atMost(SOON).until(() -> member.sink().values().size() >= 10);
    assertSame(numbers(50, 60), member.sink().values());
  }

  @Test
  void aPartitionThatComesLaterIsReadFromItsBeginning() {
    var topic = topic(1);
    var member = member(topic).reset(OffsetReset.LATEST).launch();
    await().atMost(SOON).until(() -> member.committed(0) == 0);

    cluster().addPartitions(topic, 2);
    append(topic, 1, 0, 10);

    await().atMost(SOON).until(() -> member.sink().values(1).size() >= 10);
    assertSame(numbers(0, 10), member.sink().values(1));
  }

  @Test
  void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 20);
    var member = member(topic);
    member.sink().remembers = true;
    member.launch();
    await().atMost(SOON).until(() -> member.committed(0) == 20);
    member.retire();

    cluster().deleteTopic(topic);
    cluster().createTopic(topic, 1);
    append(topic, 0, 100, 130);
    member.launch();

    await().atMost(SOON).until(() -> member.sink().values().size() >= 50);
    assertSame(
        numbers(100, 130), member.sink().values().subList(20, member.sink().values().size()));
  }

  @Test
  void aTopicThatWasMadeAnewIsReadFromItsBeginningAlsoByAGroupThatBeganAtTheEnd()
      throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 20);
    var member = member(topic).reset(OffsetReset.LATEST).launch();
    await().atMost(SOON).until(() -> member.committed(0) == 20);

    cluster().deleteTopic(topic);
    cluster().createTopic(topic, 1);
    append(topic, 0, 100, 110);

    await().atMost(Duration.ofSeconds(90)).until(() -> member.sink().values().size() >= 10);
    assertSame(numbers(100, 110), member.sink().values());
    member.retire();
  }

  @Test
  void anOffsetThatSomebodyElseSetOverridesWhatASinkRemembers() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 40);
    var member = member(topic);
    member.sink().remembers = true;
    member.launch();
    await().atMost(SOON).until(() -> member.committed(0) == 40);
    member.retire();

    cluster().moveOffset(member.group(), topic, 0, 25);
    member.launch();

    await().atMost(SOON).until(() -> member.sink().values().size() >= 55);
    await().atMost(SOON).until(() -> member.committed(0) == 40);
    assertSame(numbers(25, 40), member.sink().values().subList(40, member.sink().values().size()));
    var generations = member.sink().begun().stream().map(begun -> begun.generation()).toList();
    assertTrue(generations.getLast() > generations.getFirst(), "" + generations);
  }

  @Test
  void aSinkThatGotFurtherThanTheGroupIsNotGivenWhatItHas() throws InterruptedException {
    var topic = topic(1);
    append(topic, 0, 0, 40);
    var member = member(topic);
    member.sink().remembers = true;
    member.sink().refusal = refusing("20", new Cause.Fatal("stop here"));
    member.launch();
    await().atMost(SOON).until(() -> member.is(Condition.HALTED));
    member.awaitRetired();
    var source = member.sink().taken().getFirst().source();
    var begun = member.sink().begun().getLast();

    member.sink().remember(source, begun.at(33));
    member.sink().mend();
    member.launch();

    await().atMost(SOON).until(() -> member.committed(0) == 40);
    assertSame(numbers(33, 40), member.sink().values().subList(20, member.sink().values().size()));
  }

  private static java.util.function.Function<String, Optional<Cause>> refusing(
      String value, Cause cause) {
    return given -> given.equals(value) ? Optional.of(cause) : Optional.empty();
  }
}
