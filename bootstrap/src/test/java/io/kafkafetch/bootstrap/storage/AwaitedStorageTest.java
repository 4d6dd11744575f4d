package io.kafkafetch.bootstrap.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.memory.InMemoryStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayName("Storage that is awaited")
final class AwaitedStorageTest {
  private static final FleetServer SELF = new FleetServer(new ServerId("self"), "127.0.0.1:8000");

  private final AtomicBoolean there = new AtomicBoolean();

  @Test
  void refusesEverythingAsUnavailableWithTheReasonUntilItIsThere() {
    try (var storage = AwaitedStorage.of(this::open)) {
      await()
          .untilAsserted(() ->
              assertEquals(
                  "The database is away.",
                  assertThrows(Refusal.Unavailable.class, () -> storage.consumers().wanted())
                      .detail()));
      assertThrows(Refusal.Unavailable.class, () -> storage.fleet().live());
      assertThrows(Refusal.Unavailable.class, () -> storage.reports().of(List.of()));
      assertFalse(storage.isReachable());
    }
  }

  @Test
  void isTheStorageItselfOnceItIsThereAlsoForThoseWhoAskedBefore() {
    try (var storage = AwaitedStorage.of(this::open)) {
      var fleet = storage.fleet();

      there.set(true);

      await().until(storage::isReachable);
      fleet.beat(SELF, Duration.ofMinutes(1));
      assertEquals(List.of(SELF), fleet.live());
      assertEquals(List.of(), storage.consumers().wanted());
    }
  }

  @Test
  void tellsListenersWhoCameBeforeThatThereIsNews() {
    var news = new AtomicInteger();
    try (var storage = AwaitedStorage.of(this::open)) {
      var listening = storage.changes().listen(news::incrementAndGet);
      assertEquals(0, news.get());

      there.set(true);

      await().until(() -> news.get() == 1);
      assertTrue(storage.isReachable());
      listening.close();
    }
  }

  private Storage open() {
    if (!there.get()) {
      throw new Refusal.Unavailable("The database is away.", Duration.ofSeconds(1));
    }
    return new InMemoryStorage(InstantSource.system());
  }
}
