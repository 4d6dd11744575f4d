package io.kafkafetch.bootstrap.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayName("A lifecycle")
final class LifecycleTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle();

  @Test
  void stopsInTheOppositeOrderOfTheStart() {
    startAll("inner", "middle", "outer");

    lifecycle.stop();

    assertEquals(List.of("outer", "middle", "inner"), stopped);
  }

  @Test
  void stopsOnceHoweverOftenItIsAsked() throws InterruptedException {
    startAll("part");
    // Or the one that comes first, when it is not the one who starts, interrupts the start.
    lifecycle.started();
    var second = Thread.ofPlatform().start(lifecycle::stop);

    lifecycle.stop();
    second.join();

    assertEquals(List.of("part"), stopped);
  }

  @Test
  void goesOnWhenOnePartFailsToStop() {
    startAll("inner");
    lifecycle.start(
        "broken",
        LIMIT,
        () ->
            () -> {
              throw new IllegalStateException("broken");
            });

    lifecycle.stop();

    assertEquals(List.of("inner"), stopped);
  }

  @Test
  void goesOnWhenOnePartDoesNotStopWithinItsLimit() {
    startAll("inner");
    var never = new CountDownLatch(1);
    lifecycle.start("stuck", Duration.ofMillis(50), () -> never::await);

    lifecycle.stop();

    assertEquals(List.of("inner"), stopped);
  }

  @Test
  void thatIsStoppedStartsNothingMore() {
    lifecycle.stop();

    assertThrows(StartFailure.class, () -> startAll("late"));
    assertEquals(List.of(), stopped);
  }

  @Test
  void thatIsStoppedInTheMiddleOfAStartInterruptsItAndStopsWhatIsThere() throws Exception {
    startAll("inner");
    var stopper = Thread.ofPlatform().unstarted(lifecycle::stop);

    assertThrows(
        StartFailure.class,
        () ->
            lifecycle.start(
                "slow",
                LIMIT,
                () -> {
                  stopper.start();
                  awaitInterrupt();
                  return () -> stopped.add("slow");
                }));
    lifecycle.started();
    assertTrue(Thread.interrupted());
    stopper.join();

    assertEquals(List.of("slow", "inner"), stopped);
  }

  /** On this thread itself, which Awaitility would not look at. */
  private static void awaitInterrupt() {
    try {
      assertFalse(new CountDownLatch(1).await(10, TimeUnit.SECONDS), "It was not interrupted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startAll(String... names) {
    for (var name : names) {
      lifecycle.start(name, LIMIT, () -> () -> stopped.add(name));
    }
  }
}
