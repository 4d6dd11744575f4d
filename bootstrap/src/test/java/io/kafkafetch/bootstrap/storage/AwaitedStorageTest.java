package io.kafkafetch.bootstrap.storage;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.persistence.PostgreSqlSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlStorage;
import io.kafkafetch.adapter.persistence.SecretKeyException;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

  @Test
  void tellsWhoeverStartsThatTheKeyIsAnotherOne() {
    var server = EmbeddedPostgreSql.shared();
    server.createDatabase("awaited_key");
    var settings = PostgreSqlSettings.parse(server.url("awaited_key"));
    PostgreSqlStorage.open(settings, Optional.of("the key of this database")).close();

    var awaited =
        AwaitedStorage.of(
            () -> PostgreSqlStorage.open(settings, Optional.of("some other key, perhaps")));
    var refused =
        assertThrows(SecretKeyException.class, () -> awaited.requireKey(Duration.ofSeconds(20)));

    assertTrue(refused.sentence().startsWith("SECRET_KEY is not the key"), refused.sentence());
    // Closed: nobody goes on trying.
    assertThrows(Refusal.Unavailable.class, () -> awaited.consumers().wanted());
  }

  @Test
  void isNotWaitedForWhenItIsAway() {
    try (var storage = AwaitedStorage.of(this::open).requireKey(Duration.ofSeconds(20))) {
      assertFalse(storage.isReachable());
    }
  }

  private Storage open() {
    if (!there.get()) {
      throw new Refusal.Unavailable("The database is away.", Duration.ofSeconds(1));
    }
    return new InMemoryStorage(InstantSource.system());
  }
}
