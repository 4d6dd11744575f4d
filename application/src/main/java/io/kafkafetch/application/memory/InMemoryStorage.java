package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.Changes;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.Storage;
import java.time.InstantSource;

/**
 * Storage that lives as long as its process: for embedders without a database and for tests. It
 * keeps every promise of {@link Storage} but the one that a write survives a crash. The history of
 * a consumer is kept whole, so memory grows with each change that a person makes. Thread-safe.
 */
public final class InMemoryStorage implements Storage {
  private final MemoryChanges changes = new MemoryChanges();
  private final MemoryRows rows = new MemoryRows();
  private final Consumers consumers = new MemoryConsumers(rows, changes::tell);
  private final RunReports reports = new MemoryRunReports(rows);
  private final Redrives redrives;
  private final Fleet fleet;

  /**
   * An empty storage.
   *
   * @param time tells when a server's heartbeat, or a redrive's, has run out
   */
  public InMemoryStorage(InstantSource time) {
    this.redrives = new MemoryRedrives(rows, time);
    this.fleet = new MemoryFleet(time, changes::tell);
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
    return true;
  }

  /** Ends all listening; what is kept can still be read. */
  @Override
  public void close() {
    changes.close();
  }
}
