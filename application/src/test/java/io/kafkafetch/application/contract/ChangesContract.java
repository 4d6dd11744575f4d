package io.kafkafetch.application.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What an adapter of {@link Changes} must keep. A listener may be told more often than something
 * changed, when it begins to listen for instance: no test counts on silence but where it is
 * promised.
 */
public abstract class ChangesContract extends StorageContract {
  private static final Duration LONG = Duration.ofMinutes(5);

  private Consumer stored() {
    var consumer = Given.activeConsumer();
    storage().consumers().insert(consumer, "created");
    return consumer;
  }

  @Test
  void aListenerIsToldOfANewConsumer() {
    assertTold(this::stored);
  }

  @Test
  void aListenerIsToldOfAReplacedConsumer() {
    var consumer = stored();

    assertTold(() -> storage().consumers().replace(consumer, consumer.stop(Given.NOON), "stopped"));
  }

  @Test
  void aListenerIsToldOfAHaltedConsumer() {
    var consumer = stored();

    assertTold(
        () -> storage().consumers().replace(consumer, consumer.halt(1, Given.probed(1)), "halted"));
  }

  @Test
  void aListenerIsToldOfARemovedConsumer() {
    var consumer = stored();

    assertTold(() -> storage().consumers().remove(consumer));
  }

  @Test
  void aListenerIsToldOfAServerThatJoins() {
    assertTold(() -> storage().fleet().beat(Given.server("a"), LONG));
  }

  @Test
  void aListenerIsToldOfAServerThatLeaves() {
    storage().fleet().beat(Given.server("a"), LONG);

    assertTold(() -> storage().fleet().leave(new ServerId("a")));
  }

  @Test
  void heartbeatsAndReportsAreNoChange() {
    var consumer = stored();
    storage().fleet().beat(Given.server("a"), LONG);
    var told = new AtomicInteger();
    try (var _ = storage().changes().listen(told::incrementAndGet)) {
      settle(told);
      int before = told.get();

      storage().fleet().beat(Given.server("a"), LONG);
      storage().reports().save(List.of(Given.report(consumer.id(), "a", Given.NOON)));
      storage().reports().removeAll(new ServerId("a"));

      await().during(Duration.ofMillis(300)).untilAsserted(() -> assertEquals(before, told.get()));
    }
  }

  @Test
  void everyListenerIsTold() {
    var one = new AtomicInteger();
    var other = new AtomicInteger();
    try (var _ = storage().changes().listen(one::incrementAndGet);
        var _ = storage().changes().listen(other::incrementAndGet)) {
      settle(one);
      settle(other);
      int beforeOne = one.get();
      int beforeOther = other.get();

      stored();

      await().until(() -> one.get() > beforeOne && other.get() > beforeOther);
    }
  }

  @Test
  void whoClosedHearsNoMore() {
    var told = new AtomicInteger();
    var listening = storage().changes().listen(told::incrementAndGet);
    settle(told);
    listening.close();
    listening.close();
    int before = told.get();

    assertTold(this::stored);

    assertEquals(before, told.get());
  }

  @Test
  void aListenerThatFailsIsToldAgain() {
    var told = new AtomicInteger();
    try (var _ =
        storage()
            .changes()
            .listen(() -> {
              told.incrementAndGet();
              throw new IllegalStateException("thrown by a test");
            })) {
      settle(told);
      int before = told.get();

      stored();
      await().until(() -> told.get() > before);
      int between = told.get();
      stored();
      await().until(() -> told.get() > between);
    }
  }

  @Test
  void aListenerMayReadAndCloseWithinItsCall() throws InterruptedException {
    var consumer = stored();
    var done = new CountDownLatch(1);
    var listening = new Changes.Listening[1];
    listening[0] =
        storage()
            .changes()
            .listen(() -> {
              if (storage().consumers().find(consumer.id()).isEmpty()) {
                listening[0].close();
                done.countDown();
              }
            });

    storage().consumers().remove(consumer);

    assertTrue(done.await(10, TimeUnit.SECONDS));
  }

  /** That a listener hears of what {@code change} does. */
  private void assertTold(Runnable change) {
    var told = new AtomicInteger();
    try (var _ = storage().changes().listen(told::incrementAndGet)) {
      settle(told);
      int before = told.get();

      change.run();

      await().until(() -> told.get() > before);
    }
  }

  /** Waits until a beginning listener has nothing more to hear of what was before. */
  private static void settle(AtomicInteger told) {
    var last = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(150))
        .until(() -> last.getAndSet(told.get()) == told.get());
  }
}
