package io.kafkafetch.adapter.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time limits are those of the storage, several times over. */
@Timeout(180)
class DatabaseAwayTest {
  @Test
  void whatWasWrittenSurvivesSigkillOfTheDatabase() {
    try (var server = EmbeddedPostgreSql.forTests()) {
      server.createDatabase("fetch");
      try (var storage = PostgreSqlStorage.open(TestDatabase.settings(server, "fetch"))) {
        var active = Given.activeConsumer();
        var updated = active.update(Given.oddSpec(), Given.NOON);
        var removed = Given.inactiveConsumer();
        storage.consumers().insert(active, "created");
        storage.consumers().insert(removed, "created");
        storage.consumers().remove(removed);
        storage.consumers().replace(active, updated, "updated");

        server.kill();
        server.restart();

        await()
            .ignoreExceptionsInstanceOf(Refusal.Unavailable.class)
            .untilAsserted(
                () -> assertEquals(Optional.of(updated), storage.consumers().find(active.id())));
        assertEquals(Optional.empty(), storage.consumers().find(removed.id()));
        assertEquals(2, storage.consumers().versions(active.id(), 10).size());
        // Reports may be lost, but not the place for them.
        var report = Given.report(active.id(), "a", Given.NOON);
        storage.reports().save(List.of(report));
        assertEquals(List.of(report), storage.reports().of(active.id()));
      }
    }
  }

  @Test
  void whileTheDatabaseIsAwayEveryCallIsRefusedAndAfterwardsAllWorksByItself() {
    try (var server = EmbeddedPostgreSql.forTests()) {
      server.createDatabase("fetch");
      var told = new AtomicInteger();
      try (var storage = PostgreSqlStorage.open(TestDatabase.settings(server, "fetch"));
          var _ = storage.changes().listen(told::incrementAndGet)) {
        var consumer = Given.activeConsumer();
        storage.consumers().insert(consumer, "created");
        assertTrue(storage.isReachable());

        server.kill();

        assertFalse(storage.isReachable());
        assertRefused(() -> storage.consumers().wanted());
        assertRefused(() -> storage.consumers().insert(Given.activeConsumer(), "created"));
        assertRefused(() -> storage.fleet().beat(Given.server("a"), Duration.ofSeconds(9)));
        int before = told.get();

        server.restart();

        await().until(storage::isReachable);
        await()
            .ignoreExceptionsInstanceOf(Refusal.Unavailable.class)
            .untilAsserted(() -> assertEquals(List.of(consumer), storage.consumers().wanted()));
        // Something may have been missed: who listens is told once without any change.
        await().until(() -> told.get() > before);
        int between = told.get();
        storage.consumers().remove(consumer);
        await().until(() -> told.get() > between);
      }
    }
  }

  private static void assertRefused(Runnable call) {
    var refusal = assertThrows(Refusal.Unavailable.class, call::run);

    assertTrue(refusal.retryAfter().isPositive());
    assertTrue(refusal.detail().startsWith("The database "), refusal.detail());
    assertFalse(refusal.detail().contains("127.0.0.1"), refusal.detail());
  }

  @Test
  void aDatabaseThatIsNotThereIsSaidToBeSo() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var settings = PostgreSqlSettings.parse("postgresql://anna:secret@127.0.0.1:" + port + "/db");

    var refusal = assertThrows(Refusal.Unavailable.class, () -> PostgreSqlStorage.open(settings));

    assertEquals("The database at 127.0.0.1:" + port + "/db cannot be reached.", refusal.detail());
  }

  @Test
  void aServerThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var settings =
          PostgreSqlSettings.parse("postgresql://anna@127.0.0.1:" + silent.getLocalPort() + "/db");

      assertThrows(Refusal.Unavailable.class, () -> PostgreSqlStorage.open(settings));
    }
  }

  @Test
  void aDatabaseThatDoesNotExistIsSaidToBeSo() {
    var settings = TestDatabase.settings(EmbeddedPostgreSql.shared(), "nowhere");

    var refusal = assertThrows(Refusal.Unavailable.class, () -> PostgreSqlStorage.open(settings));

    assertTrue(refusal.detail().endsWith("no database of that name."), refusal.detail());
  }

  @Test
  void aClosedStorageRefusesAndIsNotReachable() {
    var storage = TestDatabase.openEmpty();
    storage.close();
    storage.close();

    assertThrows(Refusal.Unavailable.class, () -> storage.consumers().wanted());
    assertFalse(storage.isReachable());
  }
}
