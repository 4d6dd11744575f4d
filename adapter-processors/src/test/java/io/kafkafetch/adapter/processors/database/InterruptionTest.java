package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with the database, and not with a record, while records are delivered. */
class InterruptionTest {
  private final Database database = Database.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aServerThatOnlyReadsAsAfterAFailoverIsTransientUntilItWrites() {
    var sink = database.sink(database.config(), ORDERS);
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    database.execute(
        "alter database \"" + database.name() + "\" set default_transaction_read_only = on");
    endSessions();

    stopped(Cause.Transient.class, sink.deliver(Records.numbered(ORDERS, 10, 20)));
    assertTrue(
        stopped(Cause.Transient.class, sink.deliver(Records.numbered(ORDERS, 10, 20)))
            .reason()
            .contains("25006"));

    database.execute(
        "begin read write; alter database \""
            + database.name()
            + "\" reset default_transaction_read_only; commit");
    endSessions();
    deliveredInTheEnd(sink, Records.numbered(ORDERS, 10, 20));
    assertEquals("20|20", count());
  }

  @Test
  void aSessionThatIsEndedBetweenBatchesCostsOneTry() {
    var sink = database.sink(database.config(), ORDERS);
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    endSessions();

    stopped(Cause.Transient.class, sink.deliver(Records.numbered(ORDERS, 10, 20)));
    delivered(sink, Records.numbered(ORDERS, 10, 20));

    assertEquals("20|20", count());
  }

  @Test
  void aSessionThatIsEndedInTheMiddleOfATransactionLeavesNothingOfIt() {
    var sink = database.sink(database.config(), ORDERS);
    database.execute(
        """
        create sequence ends;
        create function end_once() returns trigger language plpgsql as $$
        begin
          if new."offset" = 17 and nextval('ends') = 1 then
            perform pg_terminate_backend(pg_backend_pid());
          end if;
          return new;
        end $$;
        create trigger end_once before insert on orders for each row execute function end_once();
        """);

    stopped(Cause.Transient.class, sink.deliver(Records.numbered(ORDERS, 0, 30)));
    assertEquals("0|0", count());
    delivered(sink, Records.numbered(ORDERS, 0, 30));

    assertEquals("30|30", count());
  }

  @Test
  void aTableThatVanishedIsMadeAgain() {
    var sink = database.sink(database.config(), ORDERS);
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    database.execute("drop table orders");

    delivered(sink, Records.numbered(ORDERS, 10, 20));

    assertEquals("10|10", count());
  }

  @Test
  void aColumnThatVanishedIsMadeAgain() {
    var config = database.config("columns", Map.of("n", "integer"));
    var sink = database.sink(config, ORDERS);
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    database.execute("alter table orders drop column n");

    delivered(sink, Records.numbered(ORDERS, 10, 20));

    assertEquals("10", database.value("select count(n) from orders"));
  }

  @Test
  void aColumnThatVanishedIsFatalWhereNothingMayBeCreated() {
    var columns = Map.of("n", "integer");
    database.sink(database.config("columns", columns), ORDERS);
    var sink = database.sink(database.config("columns", columns, "create_table", false), ORDERS);
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    database.execute("alter table orders drop column n");

    var cause = stopped(Cause.Fatal.class, sink.deliver(Records.numbered(ORDERS, 10, 20)));

    assertTrue(cause.reason().contains("Column \"n\""), cause.reason());
  }

  @Test
  void aStandardColumnThatVanishedIsFatal() {
    var sink = database.sink(database.config(), ORDERS);
    database.execute("alter table orders drop column headers");

    var cause = stopped(Cause.Fatal.class, sink.deliver(Records.numbered(ORDERS, 0, 10)));

    assertTrue(cause.reason().contains("\"headers\""), cause.reason());
  }

  @Test
  void aProgressTableThatVanishedIsMadeAgainAndRowsThatAreThereAreKept() {
    var sink = database.sink(database.config(), ORDERS);
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    database.execute("drop table kafkafetch_progress");

    delivered(sink, Records.numbered(ORDERS, 10, 20));

    assertEquals("20|20", count());
    assertEquals("20", database.value("select next_offset from kafkafetch_progress"));
  }

  @Test
  void aTableThatIsLockedForLongIsTransient() throws Exception {
    var sink = database.sink(database.config(), ORDERS);
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table orders in access exclusive mode");

      var cause = stopped(Cause.Transient.class, sink.deliver(Records.numbered(ORDERS, 0, 10)));

      assertTrue(cause.reason().contains("55P03"), cause.reason());
    }
    delivered(sink, Records.numbered(ORDERS, 0, 10));
    assertEquals("10|10", count());
  }

  @Test
  void aDeadlockIsTransientForWhomeverPostgresChooses() throws Exception {
    var sink = database.sink(database.config("mode", "upsert"), ORDERS);
    delivered(sink, Records.from(ORDERS, 0).add("a", "0").add("b", "0").build());
    // The sink looks once, two seconds after it began to wait, and gives way; the other one never.
    database.execute(
        "alter role postgres in database \"" + database.name() + "\" set deadlock_timeout = '2s'");
    endSessions();
    stopped(Cause.Transient.class, sink.deliver(Records.numbered(ORDERS, 2, 3)));
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      connection.setAutoCommit(false);
      statement.execute("set deadlock_timeout = '1h'");
      statement.execute("update orders set headers = null where key = 'b'");
      var outcome =
          threads.submit(
              () -> sink.deliver(Records.from(ORDERS, 2).add("a", "1").add("b", "1").build()));
      Awaitility.await()
          .until(
              () -> database.value("select count(*) from pg_locks where not granted").equals("1"));
      // Now each waits for the other.
      var other =
          threads.submit(
              () -> statement.executeUpdate("update orders set headers = null where key = 'a'"));

      var cause = stopped(Cause.Transient.class, outcome.get(30, TimeUnit.SECONDS));

      assertTrue(cause.reason().contains("40P01"), cause.reason());
      assertEquals(1, other.get(30, TimeUnit.SECONDS));
      connection.rollback();
    }
    delivered(sink, Records.from(ORDERS, 2).add("a", "1").add("b", "1").build());
    assertEquals("2", database.value("select count(*) from orders where value = '1'"));
  }

  private void endSessions() {
    database.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            + " where application_name = 'kafka-fetch-server' and datname = current_database()");
  }

  private static void delivered(PartitionSink sink, RecordBatch batch) {
    assertEquals(Outcome.DELIVERED, sink.deliver(batch));
  }

  /** As the engine does: again while it is transient. */
  private static void deliveredInTheEnd(PartitionSink sink, RecordBatch batch) {
    Awaitility.await().until(() -> sink.deliver(batch) instanceof Outcome.Delivered);
  }

  private static <T extends Cause> T stopped(Class<T> kind, Outcome outcome) {
    var stopped = assertInstanceOf(Outcome.Stopped.class, outcome);
    assertEquals(0, stopped.delivered());
    return assertInstanceOf(kind, stopped.cause());
  }

  private String count() {
    return database.value("select count(*), count(distinct \"offset\") from orders");
  }
}
