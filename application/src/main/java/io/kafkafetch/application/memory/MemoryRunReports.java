package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The run reports, in memory. */
final class MemoryRunReports implements RunReports {
  private final MemoryRows rows;

  MemoryRunReports(MemoryRows rows) {
    this.rows = rows;
  }

  @Override
  public void save(List<RunReport> reports) {
    synchronized (rows) {
      for (var report : reports) {
        rows.find(report.consumer())
            .ifPresent(row -> row.reports.put(report.server(), Microseconds.of(report)));
      }
    }
  }

  @Override
  public List<RunReport> of(ConsumerId consumer) {
    return of(List.of(consumer));
  }

  @Override
  public List<RunReport> of(Collection<ConsumerId> consumers) {
    synchronized (rows) {
      return consumers.stream()
          .distinct()
          .sorted()
          .map(rows::find)
          .flatMap(Optional::stream)
          .flatMap(row -> row.reports.values().stream())
          .toList();
    }
  }

  @Override
  public void remove(ServerId server, Collection<ConsumerId> consumers) {
    synchronized (rows) {
      for (var consumer : consumers) {
        rows.find(consumer).ifPresent(row -> row.reports.remove(server));
      }
    }
  }

  @Override
  public void removeAll(ServerId server) {
    synchronized (rows) {
      rows.all().forEach(row -> row.reports.remove(server));
    }
  }
}
