package io.kafkafetch.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both servers under a process that is interrupted, killed, or not alone. */
@Timeout(90)
class InstallationTest {
  private static final Path CACHE = Installation.CACHE;

  @TempDir private Path dataDir;

  @Test
  void whatAKilledServerLeftBehindIsEndedByTheNextStartAndNothingIsLost() throws Exception {
    ProcessHandle oldKafka;
    ProcessHandle oldPostgreSql;
    int kafkaPort;
    int postgreSqlPort;
    try (var killed = Installation.in(dataDir)) {
      oldKafka = killed.kafka();
      oldPostgreSql = killed.postgreSql();
      kafkaPort = killed.kafkaPort();
      postgreSqlPort = killed.postgreSqlPort();
      Records.produce("127.0.0.1:" + kafkaPort, "orders", List.of("kept"));
      Rows.execute(url(postgreSqlPort), "create table t as select 7 as n");
      // A broker that ends neither by itself nor on SIGTERM.
      Signals.send("STOP", oldKafka.pid());
      killed.kill();
    }
    assertTrue(oldKafka.isAlive());
    assertTrue(oldPostgreSql.isAlive());

    try (var kafka =
            EmbeddedKafka.start(
                kafkaSettings().withLimits(Duration.ofSeconds(60), Duration.ofSeconds(1)));
        var postgreSql = EmbeddedPostgreSql.start(postgreSqlSettings())) {
      assertFalse(oldKafka.isAlive());
      assertFalse(oldPostgreSql.isAlive());
      assertEquals(kafkaPort, kafka.port());
      assertEquals(postgreSqlPort, postgreSql.port());
      assertEquals(List.of("kept"), Records.consume(kafka.bootstrapServers(), "orders", 1));
      assertEquals(7, Rows.number(postgreSql.jdbcUrl("postgres"), "select n from t"));
    }
  }

  @Test
  void aBrokerWhoseParentIsKilledEndsByItself() throws Exception {
    try (var killed = Installation.in(dataDir)) {
      var kafka = killed.kafka();
      killed.kill();
      await().atMost(30, SECONDS).until(() -> !kafka.isAlive());
      // PostgreSQL does not; as the next start would:
      PostgreSqlPrograms.killOrphan(dataDir.resolve("postgresql"));
    }
  }

  @Test
  void ctrlCReachesTheServerButNotItsChildrenWhichItClosesInOrder() throws Exception {
    try (var server = Installation.in(dataDir)) {
      var kafka = server.kafka();
      var postgreSql = server.postgreSql();
      server.interruptGroup();
      assertEquals("stopping", server.readOutput());

      await()
          .during(1, SECONDS)
          .atMost(5, SECONDS)
          .until(
              () -> kafka.isAlive() && Rows.number(url(server.postgreSqlPort()), "select 1") == 1);
      Records.produce("127.0.0.1:" + server.kafkaPort(), "orders", List.of("during the stop"));

      server.letGo();
      assertEquals("closed", server.readOutput());
      assertFalse(kafka.isAlive());
      assertFalse(postgreSql.isAlive());
    }
  }

  @Test
  void aSecondServerOnTheSameDataFolderIsRefusedAndTheFirstOneLivesOn() throws Exception {
    try (var first = Installation.in(dataDir)) {
      var kafka = assertThrows(EmbeddedException.class, () -> EmbeddedKafka.start(kafkaSettings()));
      var postgreSql =
          assertThrows(
              EmbeddedException.class, () -> EmbeddedPostgreSql.start(postgreSqlSettings()));

      assertTrue(kafka.sentence().contains("in use by another server (process "), kafka::sentence);
      assertTrue(postgreSql.sentence().contains("in use by another server (process "));
      Records.produce("127.0.0.1:" + first.kafkaPort(), "orders", List.of("still served"));
      assertEquals(1, Rows.number(url(first.postgreSqlPort()), "select 1"));
      first.interruptGroup();
      first.letGo();
      await().atMost(30, SECONDS).until(() -> first.readOutput().equals("closed"));
    }
  }

  @Test
  void aKeptPortThatSomeoneElseHasTakenIsNamedTogetherWithItsFile() throws Exception {
    int port;
    try (var postgreSql = EmbeddedPostgreSql.start(postgreSqlSettings())) {
      port = postgreSql.port();
    }
    try (var foreign = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertTrue(foreign.isBound());
      var refused =
          assertThrows(
              EmbeddedException.class, () -> EmbeddedPostgreSql.start(postgreSqlSettings()));
      assertTrue(refused.sentence().contains("Port " + port), refused::sentence);
      assertTrue(refused.sentence().contains(dataDir.resolve("postgresql/port").toString()));
    }
    try (var postgreSql = EmbeddedPostgreSql.start(postgreSqlSettings())) {
      assertEquals(port, postgreSql.port());
    }
  }

  private EmbeddedKafkaSettings kafkaSettings() {
    return EmbeddedKafkaSettings.in(dataDir).withCacheDir(CACHE);
  }

  private EmbeddedPostgreSqlSettings postgreSqlSettings() {
    return EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(CACHE);
  }

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }
}
