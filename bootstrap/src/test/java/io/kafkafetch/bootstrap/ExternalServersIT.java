package io.kafkafetch.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisplayName("With an external Kafka and PostgreSQL a server")
final class ExternalServersIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path home;

  @Test
  void startsBeforeItsDatabaseSaysWhatIsMissingAndIsWellByItselfWhenItIsThere() throws Exception {
    try (var kafka = EmbeddedKafka.forTests();
        var postgreSql = EmbeddedPostgreSql.forTests()) {
      postgreSql.createDatabase("fetch");
      postgreSql.stop();

      try (var server =
          RunningServer.start(
              home,
              Map.of(
                  "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                  "DATABASE_URL", postgreSql.url("fetch")))) {
        assertEquals(1, server.processes().size(), "nothing is embedded");
        var health = server.get("/health");
        assertEquals(503, health.statusCode());
        assertTrue(health.body().contains("\"kafka_connected\":true"), health::body);
        assertTrue(health.body().contains("\"database_connected\":false"), health::body);
        var refused = server.get("/consumers");
        assertEquals(503, refused.statusCode());
        assertTrue(refused.headers().firstValue("retry-after").isPresent());
        assertTrue(refused.body().contains("cannot be reached"), refused::body);

        postgreSql.restart();

        await().atMost(SOON).until(() -> server.get("/health").statusCode() == 200);
        assertEquals("[]", server.get("/consumers").body());
        assertTrue(!Files.exists(home.resolve("data/out")), "file_sink may write nowhere");
      }
    }
  }
}
