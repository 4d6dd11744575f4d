package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.NOTHING;
import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.tasks;
import static io.kafkafetch.application.management.GivenService.topicOnly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerServiceTest extends ServiceCalls {
  // life

  @Test
  void startAndStopAreIdempotent() {
    var id = created("t", "g");

    assertEquals(2, given.consumers.start(id, ANY).consumer().revision());
    assertEquals(2, given.consumers.start(id, ANY).consumer().revision());
    assertEquals(3, given.consumers.stop(id, ANY).consumer().revision());
    assertEquals(3, given.consumers.stop(id, ANY).consumer().revision());
  }

  @Test
  void whatIsDeletedIsNotFound() {
    var id = created("t", "g");

    given.consumers.delete(id, ANY);

    assertThrows(Refusal.NotFound.class, () -> given.consumers.get(id));
    assertThrows(Refusal.NotFound.class, () -> given.consumers.delete(id, ANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "non-existent-uuid", "11111111-1111-1111-1111-111111111111"})
  void whatCannotBeAnIdIsNotFound(String id) {
    var refused = assertThrows(Refusal.NotFound.class, () -> given.consumers.get(id));

    assertEquals("Consumer " + id + " not found", refused.detail());
  }

  @Test
  void anUpdateThatChangesNothingIsNoRevision() {
    var id = created("t", "g");

    assertEquals(1, given.consumers.update(id, NOTHING, ANY).consumer().revision());
    assertEquals(1, given.consumers.update(id, draft("t", "g"), ANY).consumer().revision());
  }

  @Test
  void everyChangeSaysInAFewWordsWhatItChanged() {
    var id = created("t", "g");
    given.consumers.start(id, ANY);
    given.consumers.update(id, tasks(topicOnly("u"), 3), ANY);

    var versions = given.storage.consumers().versions(given.consumers.get(id).consumer().id(), 10);

    assertEquals(
        List.of("updated topic, tasks_max", "started", "created"),
        versions.stream().map(version -> version.change()).toList());
  }

  @Test
  void aHaltThatComesInBetweenDoesNotLoseAStop() {
    var id = created("t", "g");
    var running = given.consumers.start(id, ANY).consumer();
    given
        .storage
        .consumers()
        .replace(running, running.halt(2, Failure.fatal("no", Given.NOON)), "ERROR");

    var stopped = given.consumers.stop(id, OptionalLong.of(2));

    assertInstanceOf(ConsumerState.Inactive.class, stopped.consumer().state());
  }

  // If-Match

  @Test
  void aRevisionThatIsNotCurrentRefusesEveryChange() {
    var id = created("t", "g");
    var stale = OptionalLong.of(7);

    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.start(id, stale));
    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.stop(id, stale));
    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.update(id, NOTHING, stale));
    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.delete(id, stale));
    assertEquals(1, given.consumers.get(id).consumer().revision());
  }

  @Test
  void ofThoseWhoChangeTheSameRevisionAtOnceOneWins() throws Exception {
    for (int round = 0; round < 50; round++) {
      var id = created("t" + round, "g");
      var won = new AtomicInteger();
      var stale = new AtomicInteger();
      atOnce(
          8,
          number -> {
            try {
              given.consumers.update(id, topicOnly("to-" + number), OptionalLong.of(1));
              won.incrementAndGet();
            } catch (Refusal.StaleRevision late) {
              stale.incrementAndGet();
            }
          });

      assertEquals(1, won.get());
      assertEquals(7, stale.get());
      assertEquals(2, given.consumers.get(id).consumer().revision());
    }
  }

  @Test
  void thoseWhoAskForNoRevisionAllGetThrough() throws Exception {
    var id = created("t", "g");

    atOnce(4, number -> given.consumers.update(id, tasks(NOTHING, 10 + number), ANY));

    assertEquals(5, given.consumers.get(id).consumer().revision());
  }

  private interface Numbered {
    void run(int number);
  }

  private static void atOnce(int many, Numbered what) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < many; i++) {
        int number = i;
        tasks.add(() -> {
          what.run(number);
          return null;
        });
      }
      for (var done : threads.invokeAll(tasks)) {
        try {
          done.get();
        } catch (ExecutionException failed) {
          throw new AssertionError(failed.getCause());
        }
      }
    }
  }
}
