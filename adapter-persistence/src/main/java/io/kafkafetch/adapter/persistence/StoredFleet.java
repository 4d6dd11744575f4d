package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.RUN_REPORTS;
import static io.kafkafetch.adapter.persistence.schema.Tables.SERVERS;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The fleet, in PostgreSQL and by its clock: the servers' own may differ. */
final class StoredFleet implements Fleet {
  /** A server that has not beaten for so long will not come back; its traces are removed. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  private final Database database;

  StoredFleet(Database database) {
    this.database = database;
  }

  @Override
  public void beat(FleetServer server, Duration timeToLive) {
    var id = ConsumerRow.text(server.id().value());
    var address = ConsumerRow.text(server.address());
    var until = inThe(timeToLive);
    var forgotten =
        name("forgotten")
            .fields("id")
            .as(
                DSL.deleteFrom(SERVERS)
                    .where(SERVERS.ALIVE_UNTIL.lt(inThe(FORGOTTEN_AFTER.negated())))
                    .and(SERVERS.ID.ne(id))
                    .returningResult(SERVERS.ID));
    var unreported =
        name("unreported")
            .fields("server_id")
            .as(
                DSL.deleteFrom(RUN_REPORTS)
                    .where(
                        RUN_REPORTS.SERVER_ID.in(
                            select(forgotten.field("id", String.class)).from(forgotten)))
                    .returningResult(RUN_REPORTS.SERVER_ID));
    database.write(dsl ->
        dsl.with(forgotten)
            .with(unreported)
            .insertInto(SERVERS, SERVERS.ID, SERVERS.ADDRESS, SERVERS.ALIVE_UNTIL)
            .values(val(id), val(address), until)
            .onConflict(SERVERS.ID)
            .doUpdate()
            .set(SERVERS.ADDRESS, DSL.excluded(SERVERS.ADDRESS))
            .set(SERVERS.ALIVE_UNTIL, DSL.excluded(SERVERS.ALIVE_UNTIL))
            .execute());
  }

  @Override
  public List<FleetServer> live() {
    return database.read(dsl ->
        dsl.selectFrom(SERVERS)
            .where(SERVERS.ALIVE_UNTIL.gt(inThe(Duration.ZERO)))
            .orderBy(SERVERS.ID)
            .fetch(row ->
                new FleetServer(new ServerId(row.get(SERVERS.ID)), row.get(SERVERS.ADDRESS))));
  }

  @Override
  public void leave(ServerId server) {
    database.write(dsl ->
        dsl.deleteFrom(SERVERS).where(SERVERS.ID.eq(ConsumerRow.text(server.value()))).execute());
  }

  /** So far from now, by the database's clock. */
  private static Field<Instant> inThe(Duration future) {
    return DSL.field(
        "now() + {0} * interval '1 millisecond'", SQLDataType.INSTANT, val(future.toMillis()));
  }
}
