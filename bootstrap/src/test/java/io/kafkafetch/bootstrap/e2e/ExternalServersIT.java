package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("With an external Kafka and PostgreSQL a server")
class ExternalServersIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("starts before its database, says what is missing, and is well when it is there")
  void databaseAway() {
    try (var kafka = EmbeddedKafka.forTests();
        var postgreSql = EmbeddedPostgreSql.forTests()) {
      postgreSql.createDatabase("fetch");
      postgreSql.stop();
      var settings =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
              "DATABASE_URL", postgreSql.url("fetch"));

      try (var server = RunningServer.in(folder, settings)) {
        assertEquals(1, server.family().size(), "Something is embedded nevertheless");
        var health = server.api().get("/health");
        assertEquals(503, health.status());
        assertTrue(health.json().get("kafka_connected").asBoolean(), health::body);
        assertFalse(health.json().get("database_connected").asBoolean(), health::body);
        await()
            .atMost(30, TimeUnit.SECONDS)
            .until(() -> server.api().get("/consumers").body().contains("cannot be reached"));
        assertEquals(503, server.api().get("/consumers").status());

        postgreSql.restart();

        await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> server.api().get("/health").status() == 200);
        assertEquals("[]", server.api().get("/consumers").body());
        assertFalse(Files.exists(folder.resolve("data/out")), "file_sink may write somewhere");
      }
    }
  }
}
