package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that jsonb refuses, that no column fits, and that the user's own rules refuse. */
class RefusedValuesTest {
  private final Database database = Database.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatJsonbRefusesIsKeptAsBytes() {
    var refused =
        List.of(
            "plain text",
            "",
            "{\"a\": \"\\u0000\"}",
            "[1e400000]",
            "\"\\ud800\"",
            "{\"a\": 1",
            "[".repeat(2000) + "]".repeat(2000));
    var records = Records.from(ORDERS, 0).add("k", "{\"a\": 1, \"a\": 2}");
    refused.forEach(value -> records.add("k", value));
    records.add("k".getBytes(UTF_8), new byte[] {'"', (byte) 0xff, '"'});

    deliverAll(database.sink(database.config(), ORDERS), records.build());

    assertEquals(
        "{\"a\": 2}", database.value("select value from orders where value_bytes is null"));
    assertEquals(
        refused,
        database.rows(
            "select convert_from(value_bytes, 'UTF8') from orders"
                + " where value is null and \"offset\" between 1 and 7 order by \"offset\""));
    assertEquals(
        "\\x22ff22", database.value("select value_bytes from orders where \"offset\" = 8"));
  }

  @Test
  void fieldsGetColumnsOfTheirTypes() {
    var config =
        columns(
            "id", "bigint",
            "n", "count integer",
            "price", "numeric",
            "ratio", "double precision",
            "ok", "boolean",
            "at", "happened timestamptz",
            "day", "date",
            "uid", "uuid",
            "tags", "jsonb",
            "raw", "bytea",
            "we\"ird; drop table orders", "text");

    deliverAll(
        database.sink(config, ORDERS),
        Records.from(ORDERS, 0)
            .add(
                "k",
                """
                {"id": 9007199254740993, "n": -3, "price": -12345.67800, "ratio": 0.25, "ok": true,
                 "at": "2026-03-01T10:00:00.123456+02:00", "day": "2024-02-29",
                 "uid": "0b0e7b5e-0000-4000-8000-0123456789AB",
                 "tags": {"x": [1, "é"]}, "raw": "AP8=", "other": {"id": 7},
                 "we\\"ird; drop table orders": "tex\\u0074"}
                """)
            .add("k", "{\"id\": \"42\", \"n\": null, \"price\": 1e20, \"at\": 1767268800000}")
            .add("k", "{\"id\": 5, \"id\": 6, \"tags\": 17, \"at\": \"2026-01-01 12:00:00\"}")
            .add("k", null)
            .build());

    assertEquals(
        List.of(
            "9007199254740993|-3|-12345.67800|0.25|t|2026-03-01 08:00:00.123456|2024-02-29|"
                + "0b0e7b5e-0000-4000-8000-0123456789ab|{\"x\": [1, \"é\"]}|\\x00ff|text",
            "42|null|100000000000000000000|null|null|2026-01-01 12:00:00|null|null|null|null|null",
            "6|null|null|null|null|2026-01-01 12:00:00|null|null|17|null|null",
            "null|null|null|null|null|null|null|null|null|null|null"),
        database.rows(
            "select id, count, price, ratio, ok, happened at time zone 'UTC', day, uid, tags, raw,"
                + " \"we\"\"ird; drop table orders\" from orders order by \"offset\""));
  }

  @Test
  void numericIsExactInEveryMagnitude() {
    var numbers =
        List.of(
            "0",
            "0.0000",
            "1",
            "-1",
            "9999",
            "10000",
            "10001",
            "0.0001",
            "0.00001",
            "1.00010",
            "123456789012345678901234567890.123456789",
            "-0.5",
            "99999999",
            "100000000",
            "0.000000000000000000001",
            "1000000000000000000000000");
    var records = Records.from(ORDERS, 0);
    numbers.forEach(number -> records.add("k", "{\"x\": " + number + "}"));

    deliverAll(database.sink(columns("x", "numeric"), ORDERS), records.build());

    assertEquals(numbers, database.rows("select x from orders order by \"offset\""));
  }

  @Test
  void aFieldThatDoesNotFitIsPoisonForThatRecordAlone() {
    var unfit =
        List.of(
            "{\"id\": \"x\"}",
            "{\"id\": 1.5}",
            "{\"id\": 9223372036854775808}",
            "{\"id\": 1e999999999}",
            "{\"id\": true}",
            "{\"id\": []}",
            "{\"day\": \"2023-02-29\"}",
            "{\"at\": \"noon\"}",
            "{\"uid\": \"1-1-1-1-1\"}",
            "{\"ratio\": 1e400}",
            "{\"ok\": 1}",
            "{\"name\": \"a\\u0000b\"}",
            "{\"name\": {}}",
            "[1]",
            "not json");
    var config =
        columns(
            "id",
            "bigint",
            "day",
            "date",
            "at",
            "timestamptz",
            "uid",
            "uuid",
            "ratio",
            "double precision",
            "ok",
            "boolean",
            "name",
            "text");
    var sink = database.sink(config, ORDERS);
    long offset = 0;
    for (var value : unfit) {
      var batch =
          Records.from(ORDERS, offset)
              .add("k", "{\"id\": 1}")
              .add("k", value)
              .add("k", "{\"id\": 2}")
              .build();

      var poison = poisonAt(1, sink.deliver(batch));

      assertEquals(1, poison.suspects(), value);
      assertFalse(poison.reason().contains("2023-02-29"), "A reason shows no content");
      sink.skipTo(offset + 2);
      deliverAll(sink, batch.slice(2, 3));
      offset += 3;
    }
    assertEquals(
        unfit.size() + "|" + unfit.size(),
        database.value(
            "select count(*) filter (where id = 1), count(*) filter (where id = 2) from orders"));
  }

  @Test
  void aRecordThatACheckRefusesIsFoundAmongManyAndAloneIsPoison() {
    database.sink(columns("n", "integer"), ORDERS);
    database.execute("alter table orders add constraint \"at most, line 3\" check (n <> 777)");
    var sink = database.sink(columns("n", "integer"), ORDERS);

    var poison = poisonAt(777, sink.deliver(Records.numbered(ORDERS, 0, 2000)));

    assertEquals(1, poison.suspects());
    assertEquals(
        "The database refused the record: a check is violated, constraint at most, line 3"
            + " (SQLSTATE 23514)",
        poison.reason());
    assertEquals("777", database.value("select count(*) from orders"));
    assertEquals("777", database.value("select next_offset from kafkafetch_progress"));
  }

  @Test
  void aRecordThatATriggerRefusesIsFoundInATableWithANastyName() {
    var config = database.config("table", "a, line 1, column value");
    database.sink(config, ORDERS);
    database.execute(
        """
        create function refuse() returns trigger language plpgsql as $$
        begin
          if new."offset" = 41 then raise exception 'secret content %', new.value; end if;
          return new;
        end $$;
        create trigger refuse before insert on "a, line 1, column value"
          for each row execute function refuse();
        """);
    var sink = database.sink(config, ORDERS);

    var poison = poisonAt(41, sink.deliver(Records.numbered(ORDERS, 0, 100)));

    assertEquals(1, poison.suspects());
    assertFalse(poison.reason().contains("secret"), poison.reason());
  }

  @Test
  void aForeignKeyThatIsLookedAtLateMakesAllRecordsOfTheBatchSuspect() {
    database.execute("create table known (n integer primary key)");
    database.execute("insert into known select generate_series(0, 99)");
    database.sink(columns("n", "integer"), ORDERS);
    database.execute("alter table orders add foreign key (n) references known");
    var sink = database.sink(columns("n", "integer"), ORDERS);

    var poison = poisonAt(0, sink.deliver(Records.numbered(ORDERS, 50, 150)));
    assertEquals(100, poison.suspects());
    assertEquals("0", database.value("select count(*) from orders"));

    // What the engine then does: halves, until one is left.
    deliverAll(sink, Records.numbered(ORDERS, 50, 100));
    assertEquals(1, poisonAt(0, sink.deliver(Records.numbered(ORDERS, 100, 101))).suspects());
  }

  @Test
  void aUserOwnUniqueIndexMakesTheSecondRecordPoisonAndNotTheFirst() {
    var config = columns("id", "integer");
    database.sink(config, ORDERS);
    database.execute("create unique index on orders (id)");
    var sink = database.sink(config, ORDERS);
    deliverAll(sink, Records.from(ORDERS, 0).add("a", "{\"id\": 1}").build());

    var outcome =
        sink.deliver(
            Records.from(ORDERS, 1).add("b", "{\"id\": 2}").add("c", "{\"id\": 1}").build());

    var stopped = assertInstanceOf(Outcome.Stopped.class, outcome);
    var poison = assertInstanceOf(Cause.Poison.class, stopped.cause());
    assertEquals(2, stopped.delivered() + poison.suspects());
  }

  @Test
  void aColumnOfTheUserThatIsTooShortMakesTheLongTextPoison() {
    database.sink(columns("name", "text"), ORDERS);
    database.execute("alter table orders alter name type varchar(3)");
    var sink = database.sink(columns("name", "text"), ORDERS);

    var poison =
        poisonAt(
            1,
            sink.deliver(
                Records.from(ORDERS, 0)
                    .add("k", "{\"name\": \"abc\"}")
                    .add("k", "{\"name\": \"abcd\"}")
                    .build()));

    assertEquals(1, poison.suspects());
  }

  private static Cause.Poison poisonAt(int index, Outcome outcome) {
    var stopped = assertInstanceOf(Outcome.Stopped.class, outcome);
    assertEquals(index, stopped.delivered(), stopped.toString());
    return assertInstanceOf(Cause.Poison.class, stopped.cause());
  }

  private static void deliverAll(PartitionSink sink, RecordBatch batch) {
    assertEquals(Outcome.DELIVERED, sink.deliver(batch));
  }

  private ProcessorConfig columns(String... fieldsAndTypes) {
    var columns = new LinkedHashMap<String, Object>();
    for (int i = 0; i < fieldsAndTypes.length; i += 2) {
      columns.put(fieldsAndTypes[i], fieldsAndTypes[i + 1]);
    }
    return database.config("columns", columns);
  }
}
