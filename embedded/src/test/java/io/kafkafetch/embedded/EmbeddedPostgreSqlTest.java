package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class EmbeddedPostgreSqlTest {

  @Test
  void committedRowsAndThePortSurviveSigkill() throws SQLException {
    try (var server = EmbeddedPostgreSql.forTests()) {
      var url = server.createDatabase("fetch");
      int port = server.port();
      long pid = server.pid();
      execute(url, "create table t as select 1 as n");

      server.kill();
      server.restart();

      assertTrue(server.alive());
      assertTrue(pid != server.pid());
      assertEquals(port, server.port());
      assertEquals(1, number(url, "select n from t"));
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
