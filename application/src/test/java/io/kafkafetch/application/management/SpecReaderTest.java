package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.Drafts.NONE;
import static io.kafkafetch.application.management.Drafts.RIGHT;
import static io.kafkafetch.application.management.Drafts.number;
import static io.kafkafetch.application.management.Drafts.source;
import static io.kafkafetch.application.management.GivenService.NOTHING;
import static io.kafkafetch.application.management.GivenService.delivery;
import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
  private final GivenService given = new GivenService();

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var draft = tasks(draft("a/b", "", new ProcessorDraft("gone", ProcessorConfig.empty())), 0);

    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.create(draft));

    assertEquals(
        List.of("consumer_group", "processor_configs[0].processor_type", "tasks_max", "topic"),
        refused.violations().stream().map(violation -> violation.field()).toList());
  }

  @Test
  void whatIsAbsentIsRequiredOrHasItsDefault() {
    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.create(NOTHING));
    assertEquals(
        List.of("broker_ip", "broker_port", "consumer_group", "topic"),
        refused.violations().stream().map(violation -> violation.field()).toList());

    var spec = given.consumers.create(RIGHT).consumer().spec();

    assertEquals(1, spec.tasksMax());
    assertEquals(OffsetReset.EARLIEST, spec.offsetReset());
    assertEquals(DeliveryPolicy.DEFAULT, spec.delivery());
  }

  @Test
  void whatAResponseShowsMayBeSentBack() {
    var both =
        source(Optional.of("a"), number(1), Optional.of(List.of("a:1", "[::1]:2")), Map.of());

    var cluster = given.consumers.create(both).consumer().spec().cluster();

    assertEquals("a:1,[::1]:2", cluster.bootstrap());
  }

  @Test
  void deliveryIsReadAsItIsMeant() {
    var draft =
        delivery(
            RIGHT,
            new DeliveryDraft(
                number(10),
                number(2_000),
                number(5),
                number(300),
                number(7),
                number(70),
                Optional.of(0.5),
                Optional.of(number(4)),
                Optional.of(false),
                Optional.of(Optional.of("letters"))));

    var id = given.consumers.create(draft).consumer().id().toString();
    var policy =
        new DeliveryPolicy(
            10,
            2_000,
            Duration.ofMillis(5),
            Duration.ofMillis(300),
            new RetryPolicy(Duration.ofMillis(7), Duration.ofMillis(70), 0.5, OptionalInt.of(4)),
            new DeadLetterPolicy(false, Optional.of(new TopicName("letters"))));
    assertEquals(policy, given.consumers.get(id).consumer().spec().delivery());

    // What is absent stays; null means endless, and the default topic.
    var endless =
        new DeliveryDraft(
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            Optional.empty(),
            Optional.of(NONE),
            Optional.empty(),
            Optional.of(Optional.empty()));
    var changed = given.consumers.update(id, delivery(NOTHING, endless), NONE).consumer().spec();
    assertEquals(
        new RetryPolicy(Duration.ofMillis(7), Duration.ofMillis(70), 0.5, OptionalInt.empty()),
        changed.delivery().retry());
    assertEquals(new DeadLetterPolicy(false, Optional.empty()), changed.delivery().deadLetter());
    assertEquals(10, changed.delivery().maxBatchRecords());
  }
}
