package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is wrong with the database, and not with a record. */
class TroubleTest {
  private final Database database = Database.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aWrongPasswordIsFatalAndNotShown() {
    role("clerk", "password 'right' login");

    var cause = refusal(dsn("clerk:wr0ng%2Fsecret"));

    assertInstanceOf(Cause.Fatal.class, cause);
    assertFalse(cause.reason().contains("wr0ng"), cause.reason());
    assertTrue(cause.reason().contains("28P01"), cause.reason());
  }

  @Test
  void aMissingPasswordIsFatal() {
    role("guest", "password 'right' login");

    assertInstanceOf(Cause.Fatal.class, refusal(dsn("guest")));
  }

  @Test
  void aMissingDatabaseIsFatal() {
    var cause = refusal(database.dsn() + "_nowhere");

    assertInstanceOf(Cause.Fatal.class, cause);
    assertTrue(cause.reason().contains("3D000"), cause.reason());
  }

  @Test
  void aSchemaThatDoesNotExistIsFatal() {
    assertInstanceOf(Cause.Fatal.class, refusal(database.config("table", "nowhere.orders")));
  }

  @Test
  void aUserWhoMayNotCreateTheTableIsFatal() {
    role("reader", "password 'x' login");

    var cause = refusal(dsn("reader:x"));

    assertInstanceOf(Cause.Fatal.class, cause);
    assertTrue(cause.reason().contains("42501"), cause.reason());
  }

  @Test
  void aUserWithTheDocumentedPrivilegesNeedsNoMore() {
    database.sink(database.config("mode", "upsert"), ORDERS);
    role("writer", "password 'x' login");
    database.execute(
        """
        grant select, insert, update, delete on orders, orders_tombstones to writer;
        grant select, insert, update on kafkafetch_progress to writer;
        """);
    var config = database.config("mode", "upsert").with("db_dsn", dsn("writer:x"));

    var sink = database.sink(config, ORDERS);

    delivered(sink, Records.from(ORDERS, 0).add("a", "1").add("b", null).build());
    delivered(sink, Records.from(ORDERS, 2).add("a", null).add("b", "1").build());
  }

  @Test
  void tooManyConnectionsAreTransient() {
    role("crowd", "password 'x' login connection limit 0");

    var cause = refusal(dsn("crowd:x"));

    assertInstanceOf(Cause.Transient.class, cause);
    assertTrue(cause.reason().contains("53300"), cause.reason());
  }

  @Test
  void nobodyListeningIsTransient() {
    assertInstanceOf(Cause.Transient.class, refusal("postgresql://a:b@127.0.0.1:1/db"));
  }

  @Test
  void aHostThatIsNotKnownIsTransient() {
    assertInstanceOf(Cause.Transient.class, refusal("postgresql://a:b@nowhere.invalid/db"));
  }

  @Test
  void tlsThatTheServerDoesNotSpeakIsFatal() {
    assertInstanceOf(Cause.Fatal.class, refusal(database.dsn() + "?sslmode=require"));
  }

  @Test
  void anEncodingThatCannotHoldEveryTextIsFatal() {
    database.execute(
        "create database \""
            + database.name()
            + "_latin\" template template0 encoding 'LATIN1'"
            + " locale_provider libc locale 'C'");

    var cause = refusal(database.dsn() + "_latin");

    assertInstanceOf(Cause.Fatal.class, cause);
    assertTrue(cause.reason().contains("LATIN1"), cause.reason());
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
    // The sink gives way at once, the other one never.
    database.execute(
        "alter role postgres in database \""
            + database.name()
            + "\" set deadlock_timeout = '100ms'");
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

  @Test
  void anExistingColumnOfAnotherTypeIsFatal() {
    database.execute("create table orders (topic text, topic_id text, partition bigint)");

    var cause = refusal(database.config());

    assertEquals(
        "Column \"partition\" of table \"public\".\"orders\" is of type int8 and must be int4",
        assertInstanceOf(Cause.Fatal.class, cause).reason());
  }

  @Test
  void aTableOfTheOtherModeIsFatal() {
    database.sink(database.config(), ORDERS);

    var cause = refusal(database.config("mode", "upsert"));

    assertTrue(
        assertInstanceOf(Cause.Fatal.class, cause).reason().contains("unique index on exactly"),
        cause.reason());
  }

  @Test
  void aColumnThatNoRecordWouldFillIsFatal() {
    database.sink(database.config(), ORDERS);
    database.execute("alter table orders add column mine integer not null");

    var cause = refusal(database.config());

    assertTrue(
        assertInstanceOf(Cause.Fatal.class, cause).reason().contains("\"mine\""), cause.reason());
  }

  @Test
  void aViewOfTheTablesNameIsFatal() {
    database.execute("create view orders as select 1 as one");

    assertInstanceOf(Cause.Fatal.class, refusal(database.config()));
  }

  @Test
  void manySinksThatMakeTheSameTableAtOnceDoNotTripOverEachOther() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var openings =
          IntStream.range(0, 6)
              .mapToObj(
                  n -> threads.submit(() -> database.opening(database.config(), Records.orders(n))))
              .toList();
      for (var opening : openings) {
        assertInstanceOf(Opening.Opened.class, opening.get());
      }
    }
  }

  private void role(String name, String options) {
    database.execute("create role " + name + " " + options);
  }

  private String dsn(String account) {
    return database.dsn().replace("postgres:postgres@", account + "@");
  }

  private Cause refusal(String dsn) {
    return refusal(database.config().with("db_dsn", dsn));
  }

  private Cause refusal(ProcessorConfig config) {
    return assertInstanceOf(Opening.Refused.class, database.opening(config, ORDERS)).cause();
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
