package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgreSqlTest {

  @Test
  void committedRowsAndThePortSurviveSigkill() throws SQLException {
    try (var server = EmbeddedPostgreSql.forTests()) {
      var url = server.createDatabase("fetch");
      int port = server.port();
      long pid = server.pid();
      Rows.execute(url, "create table t as select 1 as n");

      server.kill();
      server.restart();

      assertTrue(server.alive());
      assertTrue(pid != server.pid());
      assertEquals(port, server.port());
      assertEquals(1, Rows.number(url, "select n from t"));
    }
  }

  @Test
  void itIsDurableAndListensOnLoopbackOnly() throws Exception {
    var server = EmbeddedPostgreSql.shared();
    var url = server.jdbcUrl("postgres");
    for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      assertEquals("on", Rows.text(url, "show " + setting), setting);
    }
    assertFalse(ListeningSockets.addresses(server.pid()).isEmpty());
    assertEquals(Set.of(), ListeningSockets.beyondLoopback(server.pid()));
  }

  @Test
  void aDatabaseIsCreatedOnceAndFoundUnderItsUrl() throws SQLException {
    var server = EmbeddedPostgreSql.shared();
    var url = server.createDatabase("orders");
    assertEquals(url, server.createDatabase("orders"));
    assertEquals("orders", Rows.text(url, "select current_database()"));
    assertEquals(
        "postgresql://postgres:postgres@127.0.0.1:" + server.port() + "/orders",
        server.url("orders"));
    assertThrows(IllegalArgumentException.class, () -> server.createDatabase("a\"b"));
  }

  @Test
  void anyRoleButTheSuperuserNeedsItsPassword() throws SQLException {
    var server = EmbeddedPostgreSql.shared();
    Rows.execute(server.jdbcUrl("postgres"), "create role clerk login password 'right'");
    var url =
        "jdbc:postgresql://%s:%d/postgres?user=clerk&password="
            .formatted(server.host(), server.port());
    assertEquals("clerk", Rows.text(url + "right", "select current_user"));
    var refused = assertThrows(SQLException.class, () -> Rows.text(url + "wrong", "select 1"));
    assertEquals("28P01", refused.getSQLState());
  }

  @Test
  void itComesBackThoughOnlyThePostmasterWasKilled() throws Exception {
    try (var server = EmbeddedPostgreSql.forTests()) {
      Signals.send("KILL", server.pid());
      server.restart();
      assertEquals(1, Rows.number(server.jdbcUrl("postgres"), "select 1"));
    }
  }

  @Test
  void aPidFileThatNamesAForeignProcessOrNoneDoesNoHarm(@TempDir Path dataDir) throws Exception {
    var settings = EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(TestFolder.cache());
    EmbeddedPostgreSql.start(settings).close();
    var pidFile = dataDir.resolve("postgresql/data/postmaster.pid");
    var foreign = new ProcessBuilder("sleep", "60").start();
    try {
      for (var content : List.of(foreign.pid() + "\n" + pidFile.getParent() + "\n", "")) {
        Files.writeString(pidFile, content);
        EmbeddedPostgreSql.start(settings).close();
        assertTrue(foreign.isAlive());
      }
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void anUnfinishedInitializationIsBegunAnew(@TempDir Path dataDir) throws Exception {
    Files.createDirectories(dataDir.resolve("postgresql/data.initializing/base"));
    var settings = EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(TestFolder.cache());
    try (var server = EmbeddedPostgreSql.start(settings)) {
      assertTrue(server.alive());
    }
  }

  @Test
  void aWrongSettingIsSaidInItsOwnWords() {
    var failed =
        assertThrows(
            EmbeddedException.class,
            () -> EmbeddedPostgreSql.forTests(s -> s.withServerSetting("shared_buffers", "much")));
    assertTrue(String.valueOf(failed.getMessage()).contains("shared_buffers"), failed::getMessage);
  }

  @Test
  void whereNamespacesAreForbiddenTheUserNobodyRunsIt() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can change users");
    var setpriv = OwnSession.program("setpriv").orElseThrow();
    var folder = Files.createTempDirectory(Path.of("/var/tmp"), "kafka-fetch-nobody");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      var home = Files.createDirectory(folder.resolve("postgresql"));
      var binaries = PostgreSqlBinaries.in(folder.resolve("cache"));
      var programs = new PostgreSqlPrograms(home, binaries, new PostgreSqlUser.Nobody(setpriv));
      programs.initialize();
      var server = programs.start(LoopbackPort.anyFree(), Map.of());
      server.awaitReady(programs::acceptsConnections, Duration.ofSeconds(30));
      assertEquals(
          "nobody", ProcessHandle.of(server.pid()).orElseThrow().info().user().orElse("?"));
      server.stop(() -> programs.signal("INT", server.pid()), Duration.ofSeconds(10));
      assertFalse(server.alive());
    } finally {
      UnpackedFolder.delete(folder);
    }
  }
}
