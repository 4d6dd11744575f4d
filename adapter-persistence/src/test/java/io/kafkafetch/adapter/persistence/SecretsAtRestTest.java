package io.kafkafetch.adapter.persistence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody sees who looks into the database itself. */
class SecretsAtRestTest {
  private static final Optional<String> KEY = Optional.of("a sentence that nobody knows");
  private static final List<String> SECRETS =
      List.of("Tr0ub4dor", "Bearer-Sesame", "whsec_c2VjcmV0", "kafka-Pa55");

  private final PostgreSqlSettings settings = TestDatabase.fresh();

  private String database() {
    return settings.database().orElseThrow();
  }

  private PostgreSqlStorage opened(Optional<String> key) {
    return PostgreSqlStorage.open(settings, key);
  }

  private static Consumer consumer() {
    var plain = Given.spec("orders", "billing");
    return Consumer.create(
        Given.newId(),
        new ConsumerSpec(
            new ClusterAddress(
                List.of(new BrokerAddress("kafka", 9093)),
                Map.of("sasl.username", "ann", "sasl.password", SECRETS.get(3))),
            plain.topic(),
            plain.group(),
            List.of(
                processor(
                    "database_sync",
                    Map.of("db_dsn", "postgresql://u:" + SECRETS.get(0) + "@db/x")),
                processor(
                    "streaming_forwarder",
                    Map.of(
                        "headers", Map.of("Authorization", SECRETS.get(1)),
                        "signing_secret", SECRETS.get(2)))),
            1,
            plain.offsetReset(),
            plain.delivery()),
        false,
        Given.NOON);
  }

  private static ProcessorSpec processor(String type, Map<String, Object> config) {
    return new ProcessorSpec(
        Given.newId().value(), type, new ProcessorConfig(config), Given.NOON, Given.NOON);
  }

  private static Consumer started(Consumer consumer) {
    return consumer.start(Given.NOON.plusSeconds(1));
  }

  private static void store(PostgreSqlStorage storage, Consumer consumer) {
    storage.consumers().insert(consumer, "created");
    assertTrue(storage.consumers().replace(consumer, started(consumer), "started"));
  }

  /** All rows of all tables, as text. */
  private String dump() {
    var rows = new StringBuilder();
    try (var connection = EmbeddedPostgreSql.shared().connect(database());
        var statement = connection.createStatement()) {
      var tables = new ArrayList<String>();
      try (var names =
          statement.executeQuery(
              "select schemaname || '.' || tablename from pg_tables where schemaname not in"
                  + " ('pg_catalog', 'information_schema')")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      assertTrue(tables.size() > 6, tables.toString());
      for (var table : tables) {
        try (var result = statement.executeQuery("select t::text from " + table + " t")) {
          while (result.next()) {
            rows.append(result.getString(1)).append('\n');
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows.toString();
  }

  /** The files of the tables that hold specs, also what is no row of theirs any more. */
  private String pages() {
    var bytes = new StringBuilder();
    try (var connection = EmbeddedPostgreSql.shared().connect(database());
        var statement = connection.createStatement()) {
      statement.execute("checkpoint");
      for (var table : List.of("consumers", "consumer_versions")) {
        try (var result =
            statement.executeQuery(
                "select pg_read_binary_file(pg_relation_filepath('kafkafetch.%s'))"
                    .formatted(table))) {
          assertTrue(result.next());
          bytes.append(new String(result.getBytes(1), ISO_8859_1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toString();
  }

  private static void assertNoSecret(String text) {
    SECRETS.forEach(secret -> assertFalse(text.contains(secret), secret));
  }

  private static void assertStored(PostgreSqlStorage storage, Consumer consumer) {
    assertEquals(Optional.of(started(consumer)), storage.consumers().find(consumer.id()));
    assertEquals(
        List.of(consumer.spec(), consumer.spec()),
        storage.consumers().versions(consumer.id(), 10).stream().map(it -> it.spec()).toList());
  }

  @Test
  void withAKeyNoSecretIsInAnyTable() {
    var consumer = consumer();
    try (var storage = opened(KEY)) {
      store(storage, consumer);

      assertStored(storage, consumer);
      assertNoSecret(dump());
      assertTrue(dump().contains("orders"));
    }
    try (var another = opened(KEY)) {
      assertStored(another, consumer);
    }
  }

  @Test
  void whatWasStoredBeforeThereWasAKeyIsEncryptedAtTheNextStart() {
    var consumer = consumer();
    try (var storage = opened(Optional.empty())) {
      store(storage, consumer);
    }
    SECRETS.forEach(secret -> assertTrue(dump().contains(secret), secret));

    try (var storage = opened(KEY)) {
      assertStored(storage, consumer);
    }

    assertNoSecret(dump());
    assertNoSecret(pages());
  }

  @Test
  void theSameSecretLooksDifferentEachTime() {
    try (var storage = opened(KEY)) {
      var consumer = consumer();
      store(storage, consumer);

      var sealed =
          dump()
              .lines()
              .filter(line -> line.contains("sealed_client_config"))
              .map(line -> line.replaceAll(".*sealed_client_config[\"\\\\:]*([^\"\\\\]+).*", "$1"))
              .toList();

      assertEquals(3, sealed.size());
      assertEquals(3, sealed.stream().distinct().count(), sealed.toString());
    }
  }

  private String refusedAtStart(Optional<String> key) {
    return assertThrows(SecretKeyException.class, () -> opened(key)).sentence();
  }

  @Test
  void aWrongOrMissingKeyIsSaidAtTheStartAndChangesNothing() {
    var consumer = consumer();
    try (var storage = opened(KEY)) {
      store(storage, consumer);
    }
    var before = dump();

    assertEquals(
        "SECRET_KEY is not the key that the secrets in the database at %s were encrypted with."
            .formatted(settings.address()),
        refusedAtStart(Optional.of("another sentence, also unknown")));
    assertEquals(
        "SECRET_KEY is not set, but the secrets in the database at %s are encrypted: set it to the"
                .formatted(settings.address())
            + " key that they were encrypted with.",
        refusedAtStart(Optional.empty()));
    assertEquals(before, dump());
    try (var storage = opened(KEY)) {
      assertStored(storage, consumer);
    }
  }

  @Test
  void aServerThatRunsWithoutTheKeyIsToldSoAndStoresNothingPlain() {
    try (var without = opened(Optional.empty())) {
      var early = consumer();
      store(without, early);
      try (var with = opened(KEY)) {
        assertStored(with, early);

        for (Runnable attempt :
            List.<Runnable>of(
                () -> without.consumers().insert(consumer(), "created"),
                () -> without.consumers().find(early.id()),
                () -> without.consumers().wanted(),
                () -> without.consumers().versions(early.id(), 1),
                () ->
                    without
                        .consumers()
                        .replace(
                            started(early),
                            started(early).stop(Given.NOON.plus(Duration.ofHours(1))),
                            "stopped"))) {
          var refused = assertThrows(Refusal.Unavailable.class, attempt::run);
          assertTrue(refused.detail().contains("has no SECRET_KEY"), refused.detail());
        }
        assertStored(with, early);
      }
    }
    assertNoSecret(dump());
  }

  private static String cause(PostgreSqlStorage storage, ConsumerId id) {
    return String.valueOf(
        assertThrows(IllegalStateException.class, () -> storage.consumers().find(id)).getMessage());
  }

  @Test
  void aLoginThatAnotherHandMovesToOtherBrokersIsNotOpened() {
    try (var storage = opened(KEY)) {
      var consumer = consumer();
      store(storage, consumer);
      TestDatabase.execute(
          EmbeddedPostgreSql.shared(),
          database(),
          "update kafkafetch.consumers set spec = replace(spec::text, 'kafka:9093', 'evil:9093')"
              + "::json");

      var said = cause(storage, consumer.id());

      assertTrue(said.contains("does not open"), said);
      assertTrue(said.contains(consumer.id().toString()), said);
      assertNoSecret(said);
    }
  }
}
