package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.embedded.FaultProxy;
import java.sql.SQLException;

/** A table, appended to, behind a proxy that cuts. */
final class TableEnd implements SinkEnd {
  private static final String ABSENT = "42P01";

  private final Outside outside;
  private final FaultProxy proxy;
  private final String database;

  TableEnd(Outside outside) {
    this.outside = outside;
    proxy = FaultProxy.to(outside.postgreSql.host(), outside.postgreSql.port());
    database = outside.database();
  }

  @Override
  public String processor() {
    return """
    {"processor_type": "database_sync", "config":
      {"db_dsn": "postgresql://postgres:postgres@%s/%s", "table": "numbers"}}\
    """
        .formatted(proxy.address(), database);
  }

  @Override
  public void cut() {
    proxy.refuse();
  }

  @Override
  public void heal() {
    proxy.heal();
  }

  @Override
  public long arrived() {
    return number("select count(*) from numbers");
  }

  @Override
  public void assertComplete(int partitions, int each) {
    assertEquals((long) partitions * each, arrived());
    var right =
        "select count(*) from numbers where (value->>'n')::bigint = \"offset\""
            + " and (value->>'p')::int = partition and \"offset\" < "
            + each;
    assertEquals((long) partitions * each, number(right));
    // A row that was delivered twice would have been written over.
    assertEquals(0, number("select n_tup_upd from pg_stat_user_tables where relname = 'numbers'"));
  }

  long number(String sql) {
    try (var connection = outside.postgreSql.connect(database);
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      if (ABSENT.equals(e.getSQLState())) {
        return 0;
      }
      throw new AssertionError(sql, e);
    }
  }

  void execute(String sql) {
    try (var connection = outside.postgreSql.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    proxy.close();
  }
}
