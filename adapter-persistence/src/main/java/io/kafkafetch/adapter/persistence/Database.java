package io.kafkafetch.adapter.persistence;

import com.zaxxer.hikari.HikariDataSource;
import io.kafkafetch.adapter.persistence.Outage.Access;
import io.kafkafetch.application.driving.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The way to the tables: each call is one statement in a transaction of its own, on a connection of
 * the pool, within its limits. A failure is thrown as what it means to the caller.
 */
final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final DSLContext dsl;

  Database(HikariDataSource pool) {
    this.pool = pool;
    // jOOQ's own log would show what is bound to a statement, secrets included.
    this.dsl = DSL.using(pool, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
  }

  /** Answers what a query finds. */
  <T> T read(Function<DSLContext, T> query) {
    return call(query, Access.READ);
  }

  /** Answers how many rows a statement changed. */
  int write(ToIntFunction<DSLContext> statement) {
    return call(statement::applyAsInt, Access.WRITE);
  }

  private <T> T call(Function<DSLContext, T> statement, Access access) {
    if (pool.isClosed()) {
      throw new Refusal.Unavailable("The storage is closed.", Duration.ofSeconds(5));
    }
    try {
      return statement.apply(dsl);
    } catch (DataAccessException e) {
      throw Outage.explained(e, access, isFull());
    }
  }

  /** While the database is away, connections are missing rather than in use. */
  private boolean isFull() {
    return pool.getHikariPoolMXBean().getTotalConnections() >= pool.getMaximumPoolSize();
  }

  /** Whether a connection is to be had and answers within that time; at worst much later. */
  boolean answers(Duration limit) {
    try (var connection = pool.getConnection()) {
      return connection.isValid((int) limit.toSeconds());
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
