package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMERS;
import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMER_VERSIONS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** The managed consumers, in PostgreSQL. */
final class StoredConsumers implements Consumers {
  /** A statement takes 65,535 parameters at most; each consumer is three of them. */
  private static final int CLAIMS_AT_ONCE = 1_000;

  private final Database database;
  private final SpecJson specs;
  private final ConsumerRow rows;
  private final KnownSpecs known;

  StoredConsumers(Database database, SpecJson specs) {
    this.database = database;
    this.specs = specs;
    this.rows = new ConsumerRow(specs);
    this.known = new KnownSpecs(specs, rows);
  }

  @Override
  public void insert(Consumer consumer, String change) {
    int inserted =
        database.write(dsl ->
            recorded(
                dsl,
                DSL.insertInto(CONSUMERS)
                    .set(rows.write(consumer))
                    .onConflict(CONSUMERS.ID)
                    .doNothing()
                    .returningResult(CONSUMERS.ID),
                consumer,
                change));
    if (inserted == 0) {
      throw new Refusal.Conflict("There is already a consumer with the id " + consumer.id() + ".");
    }
  }

  @Override
  public Optional<Consumer> find(ConsumerId id) {
    return database.read(dsl ->
        dsl.select(ConsumerRow.COLUMNS)
            .from(CONSUMERS)
            .where(CONSUMERS.ID.eq(id.value()))
            .fetchOptional(rows::read));
  }

  @Override
  public List<Consumer> list(ConsumerQuery query) {
    return database.read(dsl -> dsl.fetch(listing(query)).map(rows::read));
  }

  static Select<?> listing(ConsumerQuery query) {
    var ordered =
        select(ConsumerRow.COLUMNS)
            .from(CONSUMERS)
            .where(equal(CONSUMERS.STATUS, query.status()))
            .and(equal(CONSUMERS.TOPIC, query.topic()))
            .and(equal(CONSUMERS.CONSUMER_GROUP, query.group()))
            .and(query.after().map(StoredConsumers::after).orElse(noCondition()))
            .orderBy(CONSUMERS.CREATED_AT, CONSUMERS.ID);
    return query.limit().isPresent() ? ordered.limit(query.limit().getAsInt()) : ordered;
  }

  private static Condition equal(TableField<Record, String> field, Optional<String> value) {
    return value.map(text -> field.eq(ConsumerRow.text(text))).orElse(noCondition());
  }

  private static Condition after(ConsumerQuery.Place place) {
    return row(CONSUMERS.CREATED_AT, CONSUMERS.ID)
        .gt(row(ConsumerRow.instant(place.createdAt()), place.id().value()));
  }

  @Override
  public List<Consumer> wanted() {
    return known.read(database.read(dsl -> dsl.fetch(wantedOnes())));
  }

  static Select<?> wantedOnes() {
    return select(ConsumerRow.COLUMNS)
        .from(CONSUMERS)
        // Inlined, so that the planner sees that this is what the partial index holds.
        .where(CONSUMERS.STATUS.eq(DSL.inline("ACTIVE")))
        .or(CONSUMERS.NEXT_RETRY_AT.isNotNull())
        .orderBy(CONSUMERS.CREATED_AT, CONSUMERS.ID);
  }

  @Override
  public List<Consumer> claiming(Set<String> resources) {
    return database.read(dsl -> dsl.fetch(StoredClaims.claiming(resources)).map(rows::read));
  }

  @Override
  public void recordClaims(Map<Consumer, Set<String>> claims) {
    var all = List.copyOf(claims.entrySet());
    for (int i = 0; i < all.size(); i += CLAIMS_AT_ONCE) {
      var some = all.subList(i, Math.min(i + CLAIMS_AT_ONCE, all.size()));
      database.write(dsl -> dsl.execute(StoredClaims.record(some)));
    }
  }

  @Override
  public Map<String, Integer> countByState() {
    return database.read(dsl ->
        dsl.select(CONSUMERS.STATUS, count())
            .from(CONSUMERS)
            .groupBy(CONSUMERS.STATUS)
            .fetchMap(CONSUMERS.STATUS, count()));
  }

  @Override
  public boolean replace(Consumer expected, Consumer next, String change) {
    if (!expected.id().equals(next.id()) || next.revision() < expected.revision()) {
      throw new IllegalArgumentException(
          "A consumer is replaced by itself, at the same revision or a later one");
    }
    var row = rows.write(next);
    if (!next.spec().equals(expected.spec())) {
      row.put(CONSUMERS.CLAIMS, null);
    }
    var update =
        DSL.update(CONSUMERS)
            .set(row)
            .where(unchanged(expected))
            .and(ConsumerRow.isIn(expected.state()));
    return database.write(dsl ->
        next.revision() > expected.revision()
            ? recorded(dsl, update.returningResult(CONSUMERS.ID), next, change)
            : dsl.execute(update))
        == 1;
  }

  /**
   * Makes a change and writes the version that it leads to, in one statement: there is never one
   * without the other.
   */
  private int recorded(
      DSLContext dsl, ResultQuery<Record1<UUID>> change, Consumer after, String description) {
    var changed = name("changed").fields("id").as(change);
    return dsl.with(changed)
        .insertInto(
            CONSUMER_VERSIONS,
            CONSUMER_VERSIONS.CONSUMER_ID,
            CONSUMER_VERSIONS.REVISION,
            CONSUMER_VERSIONS.STATUS,
            CONSUMER_VERSIONS.CHANGE,
            CONSUMER_VERSIONS.SPEC,
            CONSUMER_VERSIONS.CHANGED_AT)
        .select(
            select(
                    changed.field("id", UUID.class),
                    val(after.revision()),
                    val(after.state().label()),
                    val(ConsumerRow.text(description)),
                    val(specs.write(after.spec())),
                    val(ConsumerRow.instant(after.updatedAt())))
                .from(changed))
        .execute();
  }

  private static Condition unchanged(Consumer expected) {
    return CONSUMERS.ID.eq(expected.id().value()).and(CONSUMERS.REVISION.eq(expected.revision()));
  }

  @Override
  public boolean remove(Consumer expected) {
    return database.write(dsl -> dsl.deleteFrom(CONSUMERS).where(unchanged(expected)).execute())
        == 1;
  }

  @Override
  public List<ConsumerVersion> versions(ConsumerId id, int limit) {
    return database.read(dsl ->
        dsl.selectFrom(CONSUMER_VERSIONS)
            .where(CONSUMER_VERSIONS.CONSUMER_ID.eq(id.value()))
            .orderBy(CONSUMER_VERSIONS.REVISION.desc())
            .limit(limit)
            .fetch(row -> version(id, row)));
  }

  @Override
  public Optional<ConsumerVersion> version(ConsumerId id, long revision) {
    return database.read(dsl ->
        dsl.selectFrom(CONSUMER_VERSIONS)
            .where(CONSUMER_VERSIONS.CONSUMER_ID.eq(id.value()))
            .and(CONSUMER_VERSIONS.REVISION.eq(revision))
            .fetchOptional(row -> version(id, row)));
  }

  private ConsumerVersion version(ConsumerId id, Record row) {
    long revision = row.get(CONSUMER_VERSIONS.REVISION);
    try {
      return new ConsumerVersion(
          revision,
          specs.read(row.get(CONSUMER_VERSIONS.SPEC)),
          row.get(CONSUMER_VERSIONS.STATUS),
          row.get(CONSUMER_VERSIONS.CHANGE),
          row.get(CONSUMER_VERSIONS.CHANGED_AT));
    } catch (Json.Unreadable e) {
      throw new IllegalStateException(
          "Version %d of consumer %s is stored in a form that cannot be read: it %s"
              .formatted(revision, id, e.getMessage()),
          e);
    }
  }
}
