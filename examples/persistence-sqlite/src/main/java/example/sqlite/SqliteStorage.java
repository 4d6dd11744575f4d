package example.sqlite;

import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Storage in one file, for one server. */
public final class SqliteStorage implements Storage {
  private final SqliteFile file;
  private final LocalChanges changes = new LocalChanges();
  private final Consumers consumers;
  private final RunReports reports;
  private final Redrives redrives;
  private final Fleet fleet;

  private SqliteStorage(SqliteFile file) {
    var clock = InstantSource.system();
    this.file = file;
    this.consumers = new SqliteConsumers(file, changes::tell);
    this.reports = new SqliteRunReports(file);
    this.redrives = new SqliteRedrives(file, clock);
    this.fleet = new SqliteFleet(file, clock, changes::tell);
  }

  /** Opens a file, and makes it when there is none; its folder must be there. */
  public static SqliteStorage open(Path file) {
    return new SqliteStorage(SqliteFile.open(file));
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

  @Override
  public boolean isReachable() {
    return file.answers(Duration.ofSeconds(2));
  }

  @Override
  public void close() {
    changes.close();
    file.close();
  }
}
