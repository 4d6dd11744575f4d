package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.NOON;
import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mode append: a row for each record. */
class AppendTest {
  private final Database database = Database.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRecordBecomesARowOfATableThatIsNamedLikeTheTopic() {
    var sink = database.sink(database.config(), ORDERS);

    var outcome =
        sink.deliver(
            Records.from(ORDERS, 7)
                .add(
                    NOON,
                    "k".getBytes(UTF_8),
                    "{\"a\":1}".getBytes(UTF_8),
                    List.of(
                        new RecordHeader("trace", "x\"\n".getBytes(UTF_8)),
                        new RecordHeader("trace", null),
                        new RecordHeader("raw", new byte[] {(byte) 0xff})))
                .build());

    assertEquals(Outcome.DELIVERED, outcome);
    assertEquals(
        List.of(
            "orders|first-incarnation|0|7|2026-01-01 12:00:00|k|{\"a\": 1}|null|"
                + "[{\"name\": \"trace\", \"value\": \"x\\\"\\n\"},"
                + " {\"name\": \"trace\", \"value\": null},"
                + " {\"name\": \"raw\", \"value_base64\": \"/w==\"}]"),
        database.rows(
            "select topic, topic_id, partition, \"offset\", \"timestamp\" at time zone 'UTC',"
                + " convert_from(key, 'UTF8'), value, value_bytes, headers from orders"));
  }

  @Test
  void tenThousandRecordsAreThereRowByRow() {
    var sink = database.sink(database.config(), ORDERS);

    for (int from = 0; from < 10_000; from += 625) {
      assertEquals(Outcome.DELIVERED, sink.deliver(Records.numbered(ORDERS, from, from + 625)));
    }

    assertEquals(
        "10000|10000|0|9999|0",
        database.value(
            "select count(*), count(distinct \"offset\"), min(\"offset\"), max(\"offset\"),"
                + " count(*) filter (where (value->>'n')::bigint <> \"offset\""
                + " or key <> convert_to('k' || \"offset\", 'UTF8')) from orders"));
    assertEquals(
        "0|10000", database.value("select generation, next_offset from kafkafetch_progress"));
  }

  @Test
  void aTombstoneAndAMissingKeyAreNulls() {
    var sink = database.sink(database.config(), ORDERS);

    sink.deliver(Records.from(ORDERS, 0).add((String) null, null).add("k", "null").build());

    assertEquals(
        List.of("null|null|null", "\\x6b|null|null"),
        database
            .rows(
                "select key, value, value_bytes from orders where value is null or value = 'null'"
                    + " order by \"offset\"")
            .stream()
            .toList());
  }

  @Test
  void aNewSinkRemembersWhereTheLastOneGot() {
    database.sink(database.config(), ORDERS).deliver(Records.numbered(ORDERS, 0, 40));

    var next = database.open(database.config(), ORDERS);

    assertEquals(Optional.of(new Progress(0, 40)), next.remembered());
  }

  @Test
  void whatComesAgainIsWrittenOnce() {
    var sink = database.sink(database.config(), ORDERS);
    sink.deliver(Records.numbered(ORDERS, 0, 40));

    var restarted = database.open(database.config(), ORDERS);
    restarted.begin(new Progress(0, 10));
    var outcome = restarted.deliver(Records.numbered(ORDERS, 10, 60));

    assertEquals(Outcome.DELIVERED, outcome);
    assertEquals("60|60", count());
  }

  @Test
  void aReplayWritesTheRowsAnewAndAddsNone() {
    var sink = database.sink(database.config(), ORDERS);
    sink.deliver(Records.numbered(ORDERS, 0, 40));
    database.execute("update orders set value = null where \"offset\" >= 10");

    var replay = database.open(database.config(), ORDERS);
    replay.begin(new Progress(1, 10));
    assertEquals(Outcome.DELIVERED, replay.deliver(Records.numbered(ORDERS, 10, 30)));
    assertEquals("1|30", database.value("select generation, next_offset from kafkafetch_progress"));
    assertEquals(Outcome.DELIVERED, replay.deliver(Records.numbered(ORDERS, 30, 60)));

    assertEquals("60|60", count());
    assertEquals("0", database.value("select count(*) from orders where value is null"));
  }

  @Test
  void aTopicThatWasMadeAnewDoesNotTouchTheRowsOfTheOld() {
    database.sink(database.config(), ORDERS).deliver(Records.numbered(ORDERS, 0, 40));
    var anew = new SourcePartition("orders", "second-incarnation", 0);

    var sink = database.open(database.config(), anew);

    assertEquals(Optional.empty(), sink.remembered());
    sink.begin(new Progress(0, 0));
    assertEquals(Outcome.DELIVERED, sink.deliver(Records.numbered(anew, 0, 5)));
    assertEquals(
        List.of("first-incarnation|40", "second-incarnation|5"),
        database.rows("select topic_id, count(*) from orders group by 1 order by 1"));
  }

  @Test
  void twoGroupsThatWriteOneTableShareItsRows() {
    var config = database.config();
    database.sink(config, ORDERS).deliver(Records.numbered(ORDERS, 0, 40));

    var other = database.open(config, ORDERS, "audit");
    other.begin(new Progress(0, 0));
    assertEquals(Outcome.DELIVERED, other.deliver(Records.numbered(ORDERS, 0, 20)));
    assertEquals(Outcome.DELIVERED, other.deliver(Records.numbered(ORDERS, 20, 60)));

    assertEquals("60|60", count());
    assertEquals(
        List.of("audit|60", "billing|40"),
        database.rows("select consumer_group, next_offset from kafkafetch_progress order by 1"));
  }

  @Test
  void aSkippedOffsetIsRememberedWithTheNextFlush() {
    var sink = database.sink(database.config(), ORDERS);
    sink.deliver(Records.numbered(ORDERS, 0, 10));

    sink.skipTo(15);
    assertEquals(Optional.empty(), sink.flush());

    assertEquals(
        Optional.of(new Progress(0, 15)), database.open(database.config(), ORDERS).remembered());
  }

  @Test
  void aRedeliveredRecordIsWrittenAlthoughProgressIsBeyondIt() {
    var sink = database.sink(database.config(), ORDERS);
    sink.deliver(Records.numbered(ORDERS, 0, 5));
    sink.skipTo(6);
    sink.deliver(Records.numbered(ORDERS, 6, 10));

    assertEquals(Outcome.DELIVERED, sink.redeliver(Records.numbered(ORDERS, 5, 6)));
    assertEquals(Outcome.DELIVERED, sink.redeliver(Records.numbered(ORDERS, 5, 6)));

    assertEquals("10|10", count());
    assertEquals("10", database.value("select next_offset from kafkafetch_progress"));
  }

  @Test
  void whatOnlyThisServerRefusesAsJsonbIsKeptAsBytesToo() {
    database.execute("alter database " + database.name() + " set max_stack_depth = '100kB'");
    var deep = "[".repeat(990) + "]".repeat(990);
    var sink = database.sink(database.config(), ORDERS);

    var outcome =
        sink.deliver(
            Records.from(ORDERS, 0)
                .add("a", "1")
                .add("b", deep)
                .add("c", "3")
                .add("d", deep)
                .build());

    assertEquals(Outcome.DELIVERED, outcome);
    assertEquals(
        List.of("1|null", "null|1980", "3|null", "null|1980"),
        database.rows("select value, length(value_bytes) from orders order by \"offset\""));
  }

  @Test
  void aValueThatMayNotBeNullMakesARecordWithoutJsonPoison() {
    database.sink(database.config(), ORDERS);
    database.execute("alter table orders alter value set not null");
    var sink = database.sink(database.config(), ORDERS);

    var outcome = sink.deliver(Records.from(ORDERS, 0).add("a", "1").add("b", "no json").build());

    assertEquals(
        Outcome.stopped(
            1,
            new Cause.Poison(
                "The database refused the record: a column takes no null, column value"
                    + " (SQLSTATE 23502)")),
        outcome);
  }

  @Test
  void eachPartitionHasItsOwnProgress() {
    var config = database.config();
    var one = Records.orders(1);
    database.sink(config, ORDERS).deliver(Records.numbered(ORDERS, 0, 10));
    database.sink(config, one).deliver(Records.numbered(one, 0, 20));

    assertEquals(Optional.of(new Progress(0, 20)), database.open(config, one).remembered());
    assertEquals(
        List.of("0|10", "1|20"),
        database.rows("select partition, count(*) from orders group by 1 order by 1"));
  }

  private String count() {
    return database.value("select count(*), count(distinct \"offset\") from orders");
  }
}
