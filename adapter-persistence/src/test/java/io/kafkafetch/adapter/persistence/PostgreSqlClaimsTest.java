package io.kafkafetch.adapter.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.contract.ClaimsContract;
import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Beyond the contract: nobody is found who need not be. */
class PostgreSqlClaimsTest extends ClaimsContract {
  private static final Set<String> MINE = Set.of("file:/mine");
  private static final Set<String> OTHERS = Set.of("file:/others");

  @Override
  protected Storage open() {
    return TestDatabase.openEmpty();
  }

  private Consumer recorded(Set<String> claims) {
    var consumer = Given.activeConsumer();
    storage().consumers().insert(consumer, "created");
    storage().consumers().recordClaims(Map.of(consumer, claims));
    return consumer;
  }

  private List<Consumer> claiming(Set<String> resources) {
    return storage().consumers().claiming(resources);
  }

  @Test
  void whoClaimsSomethingElseOrNothingIsNotFound() {
    var one = recorded(MINE);
    recorded(OTHERS);
    recorded(Set.of());

    assertEquals(List.of(one), claiming(MINE));
    assertEquals(List.of(), claiming(Set.of()));
  }

  @Test
  void aChangeOfTheStateKeepsWhatIsKnown() {
    var active = recorded(OTHERS);
    var stopped = active.stop(Given.NOON.plusSeconds(1));
    var started = stopped.start(Given.NOON.plusSeconds(2));
    var halted = started.halt(started.revision(), Failure.fatal("A 401.", Given.NOON));
    storage().consumers().replace(active, stopped, "stopped");
    storage().consumers().replace(stopped, started, "started");
    storage().consumers().replace(started, halted, "halted");

    assertEquals(List.of(), claiming(MINE));
    assertEquals(List.of(halted), claiming(OTHERS));
  }

  @Test
  void aNewSpecForgetsWhatIsKnown() {
    var before = recorded(OTHERS);
    var after = before.update(Given.oddSpec(), Given.NOON.plusSeconds(1));
    storage().consumers().replace(before, after, "updated");
    assertEquals(List.of(after), claiming(MINE));

    storage().consumers().recordClaims(Map.of(after, OTHERS));

    assertEquals(List.of(), claiming(MINE));
  }

  @Test
  void aRecordForAnOldRevisionDoesNothing() {
    var before = recorded(OTHERS);
    var after = before.stop(Given.NOON.plusSeconds(1));
    storage().consumers().replace(before, after, "stopped");

    storage().consumers().recordClaims(Map.of(before, MINE));

    assertEquals(List.of(), claiming(MINE));
    assertEquals(List.of(after), claiming(OTHERS));
  }

  @Test
  void aRowThatIsBeingChangedIsNotWaitedFor() throws SQLException {
    var free = Given.activeConsumer();
    storage().consumers().insert(free, "created");
    var held = Given.activeConsumer();
    storage().consumers().insert(held, "created");
    try (var connection = EmbeddedPostgreSql.shared().connect(TestDatabase.REUSED);
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select from kafkafetch.consumers where id = '%s' for update".formatted(held.id()));

      storage().consumers().recordClaims(Map.of(free, OTHERS, held, OTHERS));

      connection.rollback();
    }
    assertEquals(List.of(held), claiming(MINE), "what was not recorded is found by everything");
  }

  /** A change of the state comes after it, so that the test knows when all was told. */
  @Test
  void whatIsRecordedIsToldToNobody() throws SQLException {
    var consumer = Given.activeConsumer();
    storage().consumers().insert(consumer, "created");
    try (var connection = EmbeddedPostgreSql.shared().connect(TestDatabase.REUSED);
        var statement = connection.createStatement()) {
      statement.execute("listen " + NotifiedChanges.CHANNEL);
      var listening = connection.unwrap(PGConnection.class);

      storage().consumers().recordClaims(Map.of(consumer, MINE));
      storage().consumers().replace(consumer, consumer.stop(Given.NOON), "stopped");

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertEquals(1, listening.getNotifications(1_000).length));
    }
  }
}
