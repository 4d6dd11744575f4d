package io.kafkafetch.embedded;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Writes and reads rows with PostgreSQL's own driver. */
final class Rows {
  private Rows() {}

  static void execute(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static int number(String url, String sql) throws SQLException {
    return Integer.parseInt(text(url, sql));
  }

  static String text(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
