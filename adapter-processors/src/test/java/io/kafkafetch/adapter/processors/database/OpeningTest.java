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
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Databases and tables that cannot take the records. */
class OpeningTest {
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

  private static void delivered(PartitionSink sink, RecordBatch batch) {
    assertEquals(Outcome.DELIVERED, sink.deliver(batch));
  }
}
