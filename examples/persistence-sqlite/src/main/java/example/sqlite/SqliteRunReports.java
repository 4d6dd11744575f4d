package example.sqlite;

import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Collection;
import java.util.List;

/** What the servers see of the consumers. */
final class SqliteRunReports implements RunReports {
  private final SqliteFile file;

  SqliteRunReports(SqliteFile file) {
    this.file = file;
  }

  @Override
  public void save(List<RunReport> reports) {
    file.transaction(() -> {
      int saved = 0;
      for (var report : reports) {
        saved +=
            file.update(
                """
                insert into run_reports select id, ?, ? from consumers where id = ?
                on conflict do update set report = excluded.report
                """,
                report.server().value(),
                Documents.write(report),
                report.consumer().toString());
      }
      return saved;
    });
  }

  @Override
  public List<RunReport> of(ConsumerId consumer) {
    return file.list(
        "select report from run_reports where consumer_id = ? order by server_id",
        row -> Documents.read(row.getString("report"), RunReport.class),
        consumer.toString());
  }

  @Override
  public List<RunReport> of(Collection<ConsumerId> consumers) {
    return consumers.stream().distinct().sorted().flatMap(id -> of(id).stream()).toList();
  }

  @Override
  public void remove(ServerId server, Collection<ConsumerId> consumers) {
    file.transaction(() -> {
      int removed = 0;
      for (var consumer : consumers) {
        removed +=
            file.update(
                "delete from run_reports where server_id = ? and consumer_id = ?",
                server.value(),
                consumer.toString());
      }
      return removed;
    });
  }

  @Override
  public void removeAll(ServerId server) {
    file.transaction(
        () -> file.update("delete from run_reports where server_id = ?", server.value()));
  }
}
