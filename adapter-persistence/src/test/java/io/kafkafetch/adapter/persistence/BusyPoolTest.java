package io.kafkafetch.adapter.persistence;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BusyPoolTest {
  @Test
  void whereEveryConnectionIsInUseTheDatabaseIsSaidToBeBusyAndNotAway() throws Exception {
    var settings = TestDatabase.fresh().withPoolSize(1);
    var database = settings.database().orElseThrow();
    var consumer = Given.activeConsumer();
    try (var storage = PostgreSqlStorage.open(settings);
        var holding = EmbeddedPostgreSql.shared().connect(database);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      storage.consumers().insert(consumer, "created");
      hold(holding);
      var stopping =
          threads.submit(
              () -> storage.consumers().replace(consumer, consumer.stop(Given.NOON), "stopped"));
      await().until(() -> waits(database));

      var refusal =
          assertThrows(Refusal.Unavailable.class, () -> storage.consumers().find(consumer.id()));

      assertEquals(
          "The database is busy: every connection to it stayed in use for as long as a request"
              + " waits for one; nothing was changed.",
          refusal.detail());
      holding.rollback();
      assertTrue(stopping.get(), "the one that had the connection");
    }
  }

  private static void hold(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select from kafkafetch.consumers for update");
    }
  }

  private static boolean waits(String database) throws SQLException {
    try (var connection = EmbeddedPostgreSql.shared().connect(database);
        var statement = connection.createStatement();
        var waiting =
            statement.executeQuery(
                "select from pg_stat_activity"
                    + " where wait_event_type = 'Lock' and datname = current_database()")) {
      return waiting.next();
    }
  }
}
