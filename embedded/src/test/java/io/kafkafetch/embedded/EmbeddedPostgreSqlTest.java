package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgreSqlTest {
  private static final Path CACHE = Installation.CACHE;

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
    var settings = EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(CACHE);
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
    var settings = EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(CACHE);
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
  void whereNamespacesAreForbiddenTheUserNobodyRunsIt(@TempDir Path dataDir) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can change users");
    var nobody = new PostgreSqlUser.Nobody(OwnSession.program("setpriv").orElseThrow());
    var secret = Files.createDirectories(dataDir.resolve("secret"));
    Files.setPosixFilePermissions(dataDir, PosixFilePermissions.fromString("rwx--x--x"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
    var settings = EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(secret.resolve("cache"));
    for (int start = 0; start < 2; start++) {
      try (var server = EmbeddedPostgreSql.start(settings, nobody)) {
        var user = ProcessHandle.of(server.pid()).orElseThrow().info().user();
        assertEquals("nobody", user.orElse("?"));
        assertEquals(1, Rows.number(server.jdbcUrl("postgres"), "select 1"));
      }
    }
    var unreachable = EmbeddedPostgreSqlSettings.in(secret);
    var refused =
        assertThrows(EmbeddedException.class, () -> EmbeddedPostgreSql.start(unreachable, nobody));
    assertTrue(refused.sentence().contains(secret.toString()), refused::sentence);
  }

  @Test
  void aTakenPreferredPortGivesWayToTheNextFreeOneWhichIsThenKept(@TempDir Path dataDir)
      throws Exception {
    var preferred = LoopbackPort.anyFree();
    var settings =
        EmbeddedPostgreSqlSettings.in(dataDir).withCacheDir(CACHE).withPreferredPort(preferred);
    int chosen;
    try (var foreign = new ServerSocket(preferred, 1, InetAddress.ofLiteral("127.0.0.1"));
        var server = EmbeddedPostgreSql.start(settings)) {
      assertTrue(foreign.isBound());
      chosen = server.port();
      assertTrue(chosen > preferred);
    }
    try (var server = EmbeddedPostgreSql.start(settings)) {
      assertEquals(chosen, server.port());
    }
  }
}
