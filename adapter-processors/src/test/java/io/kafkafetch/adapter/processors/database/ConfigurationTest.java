package io.kafkafetch.adapter.processors.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.database.DatabaseAddress.MalformedDsnException;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.SinkCheck;
import io.kafkafetch.domain.processor.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may say, and what is said of one that is wrong. */
class ConfigurationTest {
  private static final String DSN = "postgresql://u:p@db.example:5433/shop";
  private final DatabaseSyncFactory factory = new DatabaseSyncFactory();

  @Test
  void theModuleProvidesTheFactory() {
    assertTrue(ProcessorFactory.class.getModule().isNamed(), "Tests run on the module path");
    assertTrue(
        DatabaseSyncFactory.class.getModule().getDescriptor().provides().stream()
            .anyMatch(p -> p.providers().contains(DatabaseSyncFactory.class.getName())));
  }

  @Test
  void aDsnIsTakenApartAndDecoded() throws MalformedDsnException {
    var address =
        DatabaseAddress.parse(
            "jdbc:postgresql://us%40er:p%3Aa%2Fs%20s+@DB.example,[::1]:5433/my%20shop"
                + "?sslmode=require&application_name=a%20b");

    assertEquals(
        new DatabaseAddress(
            List.of("db.example:5432", "[::1]:5433"),
            "my shop",
            "us@er",
            "p:a/s s+",
            Map.of("sslmode", "require", "application_name", "a b")),
        address);
    assertEquals("db.example:5432,[::1]:5433/my shop", address.destination());
    assertEquals("jdbc:postgresql://db.example:5432,[::1]:5433/my+shop", address.jdbcUrl());
    assertFalse(address.toString().contains("p:a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:${env:DB_PASSWORD}@h/db",
        "postgresql://${env:DB_USER}:${file:/run/secrets/db}@h/db",
      })
  void aReferenceInADsnLeavesItsPlaceReadable(String dsn) throws MalformedDsnException {
    assertEquals("h:5432/db", DatabaseAddress.parse(dsn).destination());
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:DB_DSN}", " ${file:/run/secrets/dsn} "})
  void aDsnThatIsAReferenceIsLookedAtWhenItIsResolved(String dsn) {
    assertTrue(DatabaseAddress.isReference(dsn));
    assertEquals(
        List.of(), SyncSettings.violations(new ProcessorConfig(Map.of("db_dsn", dsn)), "orders"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:p@h/db",
        "postgresql://h/db",
        "postgresql://u:p@h",
        "postgresql://u:p@h/",
        "postgresql://u:p@h:0/db",
        "postgresql://u:p@h:65536/db",
        "postgresql://u:p@h h/db",
        "postgresql://u:p@h/a/b",
        "postgresql://u:%zz@h/db",
        "postgresql://u:%00@h/db",
        "postgresql://u:p@h/db?socketFactory=java.lang.Object",
        "postgresql://u:p@h/db?sslfactory=x",
        "postgresql://u:p@h/db?loggerFile=/etc/x",
        "postgresql://u:p@h/db?sslrootcert=/etc/passwd",
        "postgresql://u:p@h/db?password=hunter2",
        "postgresql://u:p@h/db?sslmode=perhaps",
        "postgresql://u:p@h/db?SSLMODE=require",
      })
  void aDsnThatIsNoneIsRefusedWithoutBeingShown(String dsn) {
    var violations = violations(Map.of("db_dsn", dsn));

    assertEquals(1, violations.size());
    assertEquals("db_dsn", violations.get(0).field());
    assertFalse(violations.get(0).message().contains("hunter2"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "orders, , orders",
        "sales.orders, sales, orders",
        "'\"a.b\"', , a.b",
        "'\"s.1\".\"t\"\"2\"', s.1, 't\"2'",
        "'s.\"a.b\"', s, a.b",
        "'we\"ird; drop table x', , 'we\"ird; drop table x'",
        "Ünïcode, , Ünïcode",
      })
  void aTableIsNamedPlainlyOrInQuotes(String text, String schema, String name) {
    assertEquals(
        Optional.of(new TableName(Optional.ofNullable(schema), name)), TableName.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", ".a", "a.", ".", "\"a", "\"a\"b", "\"\"", "a\u0000b"})
  void aTableThatIsNoneIsRefused(String table) {
    assertEquals(List.of("table"), fields(Map.of("db_dsn", DSN, "table", table)));
  }

  @Test
  void namesThatPostgresWouldCutAreRefused() {
    assertEquals(List.of(), fields(Map.of("db_dsn", DSN, "table", "é".repeat(31))));
    assertEquals(List.of("table"), fields(Map.of("db_dsn", DSN, "table", "é".repeat(32))));
    assertEquals(
        List.of("table"), fields(Map.of("db_dsn", DSN, "table", "x".repeat(54), "mode", "upsert")));
    assertEquals(
        List.of(), fields(Map.of("db_dsn", DSN, "table", "x".repeat(52), "mode", "upsert")));
    assertEquals(
        List.of("columns.f"),
        fields(Map.of("db_dsn", DSN, "columns", Map.of("f", "x".repeat(64) + " text"))));
  }

  @Test
  void aTopicWhoseNameIsTooLongNeedsATable() {
    var config = new ProcessorConfig(Map.of("db_dsn", DSN));

    assertEquals(
        List.of("table"),
        factory.validate(Database.plan(config, "t".repeat(64))).stream()
            .map(Violation::field)
            .toList());
  }

  @Test
  void theProgressTableIsNoTarget() {
    assertEquals(List.of("table"), fields(Map.of("db_dsn", DSN, "table", SyncTable.PROGRESS)));
  }

  @Test
  void columnsAreATypeOrANameAndAType() {
    assertEquals(
        Optional.of(new Column("f", "f", ColumnType.DOUBLE)),
        Column.parse("f", "Double Precision"));
    assertEquals(
        Optional.of(new Column("f", "my col", ColumnType.TIMESTAMPTZ)),
        Column.parse("f", "my col timestamp with time zone"));
    assertEquals(Optional.empty(), Column.parse("f", "money"));
    assertEquals(Optional.empty(), Column.parse("f", "col serial"));
    assertEquals(Optional.empty(), Column.parse("f", "mytext"));
  }

  @Test
  void columnsThatClashAreRefused() {
    assertEquals(
        List.of("columns.value"),
        fields(Map.of("db_dsn", DSN, "columns", Map.of("value", "text"))));
    assertEquals(
        1,
        fields(Map.of("db_dsn", DSN, "columns", Map.of("a", "c text", "b", "c integer"))).size());
    assertEquals(
        List.of(), fields(Map.of("db_dsn", DSN, "columns", Map.of("value", "amount numeric"))));
  }

  @Test
  void thePasswordGoesWhereTheDestinationSays() {
    assertEquals(
        "db.example:5433/shop", factory.destination(new ProcessorConfig(Map.of("db_dsn", DSN))));
  }

  @Test
  void aDryRunSaysWhatItFoundAndCreatesNothing() {
    try (var database = Database.fresh()) {
      assertEquals(List.of(), failed(database.config("mode", "upsert")));
      assertEquals(
          "0", database.value("select count(*) from pg_tables where schemaname = 'public'"));
      assertEquals(List.of("table"), failed(database.config("create_table", false)));

      database.sink(database.config(), Records.ORDERS);
      assertEquals(List.of(), failed(database.config("create_table", false)));
      assertEquals(List.of("table"), failed(database.config("mode", "upsert")));
      database.execute("create role looker password 'x' login");
      var looker = database.dsn().replace("postgres:postgres@", "looker:x@");
      assertEquals(List.of("privileges"), failed(database.config().with("db_dsn", looker)));
      assertEquals(
          List.of("connect"),
          failed(database.config().with("db_dsn", "postgresql://a:b@127.0.0.1:1/x")));
    }
  }

  @Test
  void aTableOfANastyNameIsMadeAndWritten() {
    try (var database = Database.fresh()) {
      var name = "we\"ird; drop table x";
      var config =
          database.config(
              "table", name, "mode", "upsert", "columns", Map.of("a\"b", "c\"; -- text"));
      var sink = database.sink(config, Records.ORDERS);

      sink.deliver(Records.from(Records.ORDERS, 0).add("k", "{\"a\\\"b\": \"x\"}").build());
      sink.deliver(Records.from(Records.ORDERS, 1).add("l", null).build());

      assertEquals("x", database.value("select \"c\"\"; --\" from \"we\"\"ird; drop table x\""));
    }
  }

  private List<String> failed(ProcessorConfig config) {
    return factory.check(Database.plan(config, "orders")).stream()
        .filter(check -> !check.ok())
        .map(SinkCheck::name)
        .toList();
  }

  private List<String> fields(Map<String, Object> values) {
    return violations(values).stream().map(Violation::field).toList();
  }

  private List<Violation> violations(Map<String, Object> values) {
    var config = new ProcessorConfig(new HashMap<>(values));
    assertEquals(List.of(), factory.schema().validate(config));
    return factory.validate(Database.plan(config, "orders"));
  }
}
