package io.kafkafetch.adapter.persistence;

import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Optional;

/**
 * Storage in PostgreSQL 14 or later, in a schema named {@code kafkafetch}. Any number of servers
 * may share it. When the database goes away, calls are refused within seconds, and work again by
 * themselves when it is back. It listens, so no pooler in transaction mode may stand between.
 * Thread-safe.
 */
public final class PostgreSqlStorage implements Storage {
  private static final Duration REACHABLE_LIMIT = Duration.ofSeconds(2);

  private final Database database;
  private final NotifiedChanges changes;
  private final Consumers consumers;
  private final RunReports reports;
  private final Redrives redrives;
  private final Fleet fleet;
  private final Probe probe;

  private PostgreSqlStorage(Connections connections, Optional<Seal> seal) {
    this.database = new Database(connections.pool());
    this.changes = new NotifiedChanges(connections.listening());
    this.consumers = new StoredConsumers(database, new SpecJson(seal));
    this.reports = new StoredRunReports(database);
    this.redrives = new StoredRedrives(database);
    this.fleet = new StoredFleet(database);
    this.probe = new Probe(() -> database.answers(REACHABLE_LIMIT));
  }

  /**
   * Connects, and brings the tables up to date, which takes as long as it takes, five minutes at
   * most for each step. A schema that a later version made is used as it is.
   *
   * @throws Refusal.Unavailable if the database cannot be reached (within 5 s for each host) or
   *     does not let us in; worth another try later
   * @throws IllegalStateException if its tables cannot be brought up to date
   */
  public static PostgreSqlStorage open(PostgreSqlSettings settings) {
    return open(settings, Optional.empty());
  }

  /**
   * The same, with secrets encrypted at rest. Those that were stored before a key was set for the
   * first time are encrypted now.
   *
   * @param secretKey the key; empty for none
   * @throws SecretKeyException if they are encrypted with another key, or with one and none is
   *     given
   */
  public static PostgreSqlStorage open(PostgreSqlSettings settings, Optional<String> secretKey) {
    var connections = new Connections(settings);
    var seal = new Migrations(connections.migrating(), settings.address()).run(secretKey);
    return new PostgreSqlStorage(connections, seal);
  }

  @Override
  public Consumers consumers() {
    return consumers;
  }

  @Override
  public RunReports reports() {
    return reports;
  }

  @Override
  public Redrives redrives() {
    return redrives;
  }

  @Override
  public Fleet fleet() {
    return fleet;
  }

  @Override
  public Changes changes() {
    return changes;
  }

  /** Answers within 2 s; however many ask at once, the database is asked once. */
  @Override
  public boolean isReachable() {
    return probe.ask(REACHABLE_LIMIT);
  }

  @Override
  public void close() {
    changes.close();
    database.close();
  }
}
