package io.kafkafetch.events;

import static io.kafkafetch.events.EventsWorld.PATIENCE;
import static io.kafkafetch.events.EventsWorld.number;
import static io.kafkafetch.events.EventsWorld.numbers;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerGoneTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final EmbeddedKafka broker = EmbeddedKafka.forTests();
  private final EventsWorld world = new EventsWorld(broker);
  private String topic = "";

  @BeforeEach
  void aBrokerWithATopicOfThreeEvents() {
    if (!broker.alive()) {
      broker.restart();
    }
    topic = world.topic(1);
    world.events(topic, 0, 0, 3);
  }

  @AfterAll
  void end() {
    broker.close();
  }

  private ConsumerOptions.Builder impatient() {
    return world.inGroup(EventsWorld.anyName("group")).brokerTimeout(SHORT);
  }

  @Test
  @DisplayName("Connection Errors: Handle connection errors during initialization")
  void constructionThrowsWhenNoBrokerAnswers() {
    broker.kill();
    var options = impatient().build();
    var refusal = assertThrows(KafkaException.class, () -> new WorkflowEventConsumer(options));
    assertEquals(
        "No Kafka broker answered at " + world.bootstrap() + " within 2000 ms",
        refusal.getMessage());
    var sending =
        ProducerOptions.builder().bootstrapServers(world.bootstrap()).brokerTimeout(SHORT).build();
    assertThrows(TimeoutException.class, () -> new WorkflowEventProducer(sending));
  }

  @Test
  void constructionThrowsWhenTheAddressIsNone() {
    var options =
        ConsumerOptions.builder().bootstrapServers("no address").brokerTimeout(PATIENCE).build();
    assertThrows(KafkaException.class, () -> new WorkflowEventConsumer(options));
  }

  @Test
  @DisplayName("Kafka errors: Logged and raised (poll)")
  void aPollThatHearsOfNoBrokerThrows() {
    var options = impatient().build();
    var consumer = new WorkflowEventConsumer(options);
    try (var log = new CapturedLog(TypedConsumer.class)) {
      consumer.subscribe(List.of(topic));
      assertEquals(numbers(0, 3), numbers(consumer.poll(PATIENCE)));
      broker.kill();
      var failure = assertThrows(TimeoutException.class, () -> pollUntilItThrows(consumer));
      assertEquals(
          "Kafka at " + world.bootstrap() + " did not answer within 2000 ms", failure.getMessage());
      assertEquals("poll failed", log.lines().getFirst());
    } finally {
      // It cannot commit: that is told, and nothing hangs.
      assertThrows(KafkaException.class, consumer::close);
    }
  }

  private static void pollUntilItThrows(WorkflowEventConsumer consumer) {
    await().atMost(PATIENCE).until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
  }

  @Test
  @DisplayName("Kafka errors: Logged and raised (consume_events)")
  void aConsumptionThatEndsInSilenceThrows() {
    for (var options : List.of(impatient(), world.options().brokerTimeout(SHORT))) {
      if (!broker.alive()) {
        broker.restart();
      }
      var consumer = new WorkflowEventConsumer(options.build());
      Executable consuming =
          () ->
              consumer.consumeEvents(
                  event -> {
                    if (number(event) == 2) {
                      broker.kill();
                    }
                  },
                  List.of(topic),
                  Duration.ofMillis(500));
      assertThrows(KafkaException.class, consuming);
      assertEquals(new ConsumerCounts(3, 0, 0), consumer.counts());
      closeAnyway(consumer);
    }
  }

  private static void closeAnyway(WorkflowEventConsumer consumer) {
    try {
      consumer.close(SHORT);
    } catch (KafkaException _) {
      // The broker is gone: there is nobody to commit to.
    }
  }

  @Test
  void aStopEndsAConsumptionAlsoWithoutABroker() throws Exception {
    var consumer =
        new WorkflowEventConsumer(
            impatient().brokerTimeout(PATIENCE).enableAutoCommit(false).build());
    var handled = new ConcurrentLinkedQueue<Integer>();
    var consuming = consuming(consumer, handled);
    await().atMost(PATIENCE).until(() -> handled.size() == 3);
    broker.kill();
    consumer.stop();
    assertEquals(3, consuming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    closeAnyway(consumer);
  }

  @Test
  void aBrokerThatComesBackIsReadOnFromWhereItWas() throws Exception {
    var group = EventsWorld.anyName("group");
    var options = world.inGroup(group).brokerTimeout(Duration.ofMinutes(1));
    var handled = new ConcurrentLinkedQueue<Integer>();
    try (var consumer = world.consumer(options)) {
      var consuming = consuming(consumer, handled);
      await().atMost(PATIENCE).until(() -> handled.size() == 3);
      await()
          .atMost(PATIENCE)
          .until(() -> world.committed(group, topic, 0).equals(OptionalLong.of(3)));
      broker.kill();
      broker.restart();
      world.events(topic, 0, 3, 6);
      await().atMost(PATIENCE.multipliedBy(2)).until(() -> handled.contains(5));
      consumer.stop();
      consuming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertEquals(numbers(0, 6), List.copyOf(handled));
  }

  @Test
  void anEventThatCannotBeSentIsToldByItsFutureTheCountAndTheLog() throws Exception {
    var options =
        ProducerOptions.builder()
            .bootstrapServers(world.bootstrap())
            .brokerTimeout(SHORT)
            .deliveryTimeout(SHORT)
            .build();
    try (var producer = new WorkflowEventProducer(options);
        var log = new CapturedLog(TypedProducer.class)) {
      producer.sendAndWait(topic, EventsWorld.event(3));
      broker.kill();
      var sent = producer.send(topic, EventsWorld.event(4));
      var failure =
          assertThrows(
              ExecutionException.class, () -> sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      assertTrue(failure.getCause() instanceof TimeoutException, failure::toString);
      assertThrows(KafkaException.class, () -> producer.sendAndWait(topic, EventsWorld.event(5)));
      assertEquals(new ProducerCounts(1, 2), producer.counts());
      assertEquals("An event was not written to " + topic, log.lines().getFirst());
    }
  }

  private FutureTask<Long> consuming(
      WorkflowEventConsumer consumer, ConcurrentLinkedQueue<Integer> handled) {
    var task =
        new FutureTask<>(() ->
            consumer.consumeEvents(
                event -> handled.add(number(event)), List.of(topic), Duration.ofMinutes(10)));
    Thread.ofPlatform().name("consuming").start(task);
    return task;
  }
}
