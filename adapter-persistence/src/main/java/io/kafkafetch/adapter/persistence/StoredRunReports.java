package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMERS;
import static io.kafkafetch.adapter.persistence.schema.Tables.RUN_REPORTS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.val;

import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.RunReports;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run reports, in PostgreSQL. */
final class StoredRunReports implements RunReports {
  private static final Logger log = LoggerFactory.getLogger(StoredRunReports.class);

  /** Bounds what one statement carries; a save of no more than this is one round trip. */
  private static final int BATCH = 1000;

  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private static final String SAVE = saving("");

  /** Keeps the consumers from being removed meanwhile, which costs a write for each of them. */
  private static final String SAVE_AND_HOLD = saving("for key share of c");

  private final Database database;

  StoredRunReports(Database database) {
    this.database = database;
  }

  /**
   * jOOQ has no unnest of several arrays side by side. Arrays, not rows: the statement stays the
   * same however many reports there are, and is prepared once.
   */
  private static String saving(String lock) {
    return """
    insert into {0} (consumer_id, server_id, report)
    select r.consumer_id, r.server_id, r.report
    from unnest({1}, {2}, {3}) as r (consumer_id, server_id, report)
    join {4} as c on c.id = r.consumer_id
    %s
    on conflict (consumer_id, server_id) do update set report = excluded.report
    """
        .formatted(lock);
  }

  private record Key(ConsumerId consumer, ServerId server) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byConsumer = consumer.compareTo(other.consumer);
      return byConsumer != 0 ? byConsumer : server.value().compareTo(other.server.value());
    }
  }

  @Override
  public void save(List<RunReport> reports) {
    // In one order everywhere, so that two savers never wait for each other in a circle.
    Map<Key, RunReport> last = new TreeMap<>();
    reports.forEach(report -> last.put(new Key(report.consumer(), report.server()), report));
    var all = List.copyOf(last.values());
    for (int from = 0; from < all.size(); from += BATCH) {
      saveBatch(all.subList(from, Math.min(from + BATCH, all.size())));
    }
  }

  private void saveBatch(List<RunReport> reports) {
    var consumers = reports.stream().map(it -> it.consumer().value()).toArray(UUID[]::new);
    var servers =
        reports.stream().map(it -> ConsumerRow.text(it.server().value())).toArray(String[]::new);
    var json = reports.stream().map(ReportJson::write).toArray(JSON[]::new);
    database.write(dsl -> save(dsl, consumers, servers, json));
  }

  /** A consumer that is removed between look and insert fails the statement; then it is held. */
  private static int save(DSLContext dsl, UUID[] consumers, String[] servers, JSON[] json) {
    QueryPart[] parts = {RUN_REPORTS, val(consumers), val(servers), val(json), CONSUMERS};
    try {
      return dsl.execute(SAVE, parts);
    } catch (DataAccessException e) {
      if (Outage.state(e).equals(FOREIGN_KEY_VIOLATION)) {
        return dsl.execute(SAVE_AND_HOLD, parts);
      }
      throw e;
    }
  }

  @Override
  public List<RunReport> of(ConsumerId consumer) {
    return of(List.of(consumer));
  }

  @Override
  public List<RunReport> of(Collection<ConsumerId> consumers) {
    var rows =
        database.read(dsl ->
            dsl.selectFrom(RUN_REPORTS)
                .where(RUN_REPORTS.CONSUMER_ID.eq(any(ids(consumers))))
                .orderBy(RUN_REPORTS.CONSUMER_ID, RUN_REPORTS.SERVER_ID)
                .fetch());
    var reports = new ArrayList<RunReport>(rows.size());
    rows.forEach(row -> read(row).ifPresent(reports::add));
    return reports;
  }

  /** A report of a newer server may say what this one does not know: better no report than none. */
  private static Optional<RunReport> read(Record row) {
    var consumer = new ConsumerId(row.get(RUN_REPORTS.CONSUMER_ID));
    var server = new ServerId(row.get(RUN_REPORTS.SERVER_ID));
    try {
      return Optional.of(ReportJson.read(consumer, server, row.get(RUN_REPORTS.REPORT)));
    } catch (Json.Unreadable e) {
      log.warn(
          "The report of server {} on consumer {} is left out: it {}",
          server,
          consumer,
          e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void remove(ServerId server, Collection<ConsumerId> consumers) {
    database.write(dsl ->
        dsl.deleteFrom(RUN_REPORTS)
            .where(RUN_REPORTS.SERVER_ID.eq(ConsumerRow.text(server.value())))
            .and(RUN_REPORTS.CONSUMER_ID.eq(any(ids(consumers))))
            .execute());
  }

  @Override
  public void removeAll(ServerId server) {
    database.write(dsl ->
        dsl.deleteFrom(RUN_REPORTS)
            .where(RUN_REPORTS.SERVER_ID.eq(ConsumerRow.text(server.value())))
            .execute());
  }

  private static UUID[] ids(Collection<ConsumerId> consumers) {
    return consumers.stream().map(ConsumerId::value).toArray(UUID[]::new);
  }
}
