package io.kafkafetch.events;

import static io.kafkafetch.events.EventsWorld.A_MOMENT;
import static io.kafkafetch.events.EventsWorld.PATIENCE;
import static io.kafkafetch.events.EventsWorld.anyName;
import static io.kafkafetch.events.EventsWorld.number;
import static io.kafkafetch.events.EventsWorld.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

class ConsumerThreadsTest {
  /** Longer than any test may take. */
  private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

  private final EventsWorld world = EventsWorld.shared();
  private final String group = anyName("group");
  private final String topic = world.topic(1);

  @Test
  void aSecondThreadIsRefusedAndTheFirstGoesOn() throws Exception {
    world.events(topic, 0, 0, 2);
    var inside = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var consumer = world.consumer(world.inGroup(group))) {
      var consuming =
          running(
              "first",
              () ->
                  consumer.consumeEvents(
                      _ -> {
                        inside.countDown();
                        release.await();
                      },
                      List.of(topic),
                      A_MOMENT));
      inside.await();
      var position = new TopicPartition(topic, 0);
      for (org.junit.jupiter.api.function.Executable call :
          List.<org.junit.jupiter.api.function.Executable>of(
              () -> consumer.poll(Duration.ZERO),
              consumer::commit,
              () -> consumer.seek(position, 0),
              () -> consumer.position(position),
              () -> consumer.subscribe(List.of("other")),
              consumer::lag,
              consumer::close)) {
        var refusal = assertThrows(ConcurrentModificationException.class, call);
        assertTrue(
            String.valueOf(refusal.getMessage()).contains("thread \"first\" is in consumeEvents"),
            refusal.getMessage());
      }
      assertFalse(consumer.isStopped());
      assertEquals(new ConsumerCounts(0, 0, 0), consumer.counts());
      release.countDown();
      assertEquals(2, consuming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  @Test
  void aConsumerMayGoFromThreadToThread() throws Exception {
    world.events(topic, 0, 0, 2);
    try (var consumer = world.consumer(world.inGroup(group))) {
      running("one", () -> subscribed(consumer)).get();
      var polled = running("two", () -> consumer.poll(PATIENCE)).get();
      assertEquals(numbers(0, 2), numbers(polled));
      consumer.commit();
    }
    assertEquals(OptionalLong.of(2), world.committed(group, topic, 0));
  }

  private boolean subscribed(WorkflowEventConsumer consumer) {
    consumer.subscribe(List.of(topic));
    return true;
  }

  @Test
  void aStopFromAnotherThreadEndsAConsumptionThatWaits() throws Exception {
    world.events(topic, 0, 0, 1);
    var handled = new CountDownLatch(1);
    try (var consumer = world.consumer(world.inGroup(group))) {
      var consuming =
          running(
              "first",
              () -> consumer.consumeEvents(_ -> handled.countDown(), List.of(topic), FOR_EVER));
      handled.await();
      consumer.stop();
      assertEquals(1, consuming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      assertTrue(consumer.isStopped());
    }
    assertEquals(OptionalLong.of(1), world.committed(group, topic, 0));
  }

  @Test
  void aStopFromAnotherThreadEndsAPoll() throws Exception {
    try (var consumer = world.consumer(world.options())) {
      consumer.subscribe(List.of(topic));
      var polling = running("first", () -> consumer.poll(FOR_EVER));
      consumer.stop();
      assertEquals(Map.of(), polling.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      assertEquals(Map.of(), consumer.poll(FOR_EVER));
    }
  }

  @Test
  void aStopEndsTheWaitForATopicThatDoesNotExist() throws Exception {
    try (var consumer = world.consumer(world.options())) {
      var consuming =
          running(
              "first",
              () -> consumer.consumeEvents(_ -> {}, List.of(anyName("missing")), FOR_EVER));
      consumer.stop();
      assertEquals(0, consuming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  @Test
  void aStopBeforeTheConsumptionEndsItAtOnce() {
    world.events(topic, 0, 0, 1);
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.stop();
      assertEquals(0, consumer.consumeEvents(_ -> {}, List.of(topic), FOR_EVER));
    }
    assertEquals(OptionalLong.empty(), world.committed(group, topic, 0));
  }

  @Test
  void aStopInTheMiddleOfABatchCommitsWhatWasHandledAndNoMore() {
    world.events(topic, 0, 0, 100);
    var seen = new ArrayList<Integer>();
    try (var consumer = world.consumer(world.inGroup(group))) {
      consumer.consumeEvents(
          event -> {
            seen.add(number(event));
            if (number(event) == 41) {
              consumer.stop();
            }
          },
          List.of(topic),
          FOR_EVER);
    }
    assertEquals(numbers(0, 42), seen);
    assertEquals(OptionalLong.of(42), world.committed(group, topic, 0));
  }

  @Test
  void anInterruptedCallbackIsNoFailedOne() throws Exception {
    world.events(topic, 0, 0, 3);
    try (var consumer = world.consumer(world.inGroup(group))) {
      var consuming =
          running(
              "interrupted",
              () ->
                  consumer.consumeEvents(
                      event -> {
                        if (number(event) == 1) {
                          Thread.currentThread().interrupt();
                          new CountDownLatch(1).await();
                        }
                      },
                      List.of(topic),
                      FOR_EVER));
      var end =
          assertThrows(
              ExecutionException.class,
              () -> consuming.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      assertInstanceOf(InterruptException.class, end.getCause());
      assertEquals(new ConsumerCounts(1, 0, 0), consumer.counts());
    }
    assertEquals(OptionalLong.of(1), world.committed(group, topic, 0));
  }

  @Test
  void whatACallbackMayNotCallTellsItAndChangesNothing() {
    world.events(topic, 0, 0, 3);
    var partition = new TopicPartition(topic, 0);
    var skipped = new ArrayList<SkippedRecord>();
    try (var consumer = world.consumer(world.inGroup(group).onSkipped(skipped::add))) {
      consumer.consumeEvents(
          event -> {
            switch (number(event)) {
              case 0 -> consumer.seek(partition, 0);
              case 1 -> consumer.poll(Duration.ZERO);
              default -> consumer.subscribe(List.of("other"));
            }
          },
          List.of(topic),
          A_MOMENT);
      assertEquals(new ConsumerCounts(0, 0, 3), consumer.counts());
    }
    assertEquals(
        List.of(
            "seek is not possible inside a callback",
            "poll is not possible inside a callback",
            "subscribe is not possible inside a callback"),
        skipped.stream().map(record -> record.cause().getMessage()).toList());
  }

  private static <R> FutureTask<R> running(String name, java.util.concurrent.Callable<R> call) {
    var task = new FutureTask<>(call);
    Thread.ofPlatform().name(name).start(task);
    return task;
  }
}
