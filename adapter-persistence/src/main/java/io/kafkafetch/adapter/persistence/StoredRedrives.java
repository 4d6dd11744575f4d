package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMERS;
import static io.kafkafetch.adapter.persistence.schema.Tables.REDRIVES;
import static io.kafkafetch.adapter.persistence.schema.Tables.SETTLED_LETTERS;
import static org.jooq.impl.DSL.val;

import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Redrives and what they settled, in PostgreSQL and by its clock. */
final class StoredRedrives implements Redrives {
  /** Bounds what one statement carries. */
  private static final int BATCH = 1000;

  private static final String RUNNING = RedriveState.RUNNING.name();

  /** jOOQ has no unnest of several arrays side by side. A consumer that is gone settles nothing. */
  private static final String SETTLE =
      """
      insert into {0} (topic_id, partition, letter_offset, consumer_id, outcome, settled_at)
      select {1}, s.partition, s.letter_offset, c.id, s.outcome, s.settled_at
      from unnest({2}, {3}, {4}, {5}) as s (partition, letter_offset, outcome, settled_at)
      join {6} as c on c.id = {7}
      on conflict do nothing
      """;

  private final Database database;

  StoredRedrives(Database database) {
    this.database = database;
  }

  @Override
  public boolean begin(Redrive redrive, Duration timeToLive) {
    var row = RedriveRow.write(redrive);
    row.put(REDRIVES.STATE, redrive.state().name());
    row.put(REDRIVES.ALIVE_UNTIL, inThe(timeToLive));
    var columns = List.copyOf(row.keySet());
    var values = columns.stream().<Field<?>>map(column -> value(column, row.get(column))).toList();
    int begun =
        database.write(dsl ->
            dsl.insertInto(REDRIVES, columns)
                .select(
                    DSL.select(values)
                        .from(CONSUMERS)
                        .where(CONSUMERS.ID.eq(redrive.consumer().value())))
                .onConflict(REDRIVES.CONSUMER_ID)
                .doUpdate()
                .setAllToExcluded()
                .where(DSL.not(isRunning()))
                .execute());
    return begun == 1;
  }

  private static Field<?> value(Field<?> column, @Nullable Object value) {
    return value instanceof Field<?> expression ? expression : val(value, column.getDataType());
  }

  private static Condition isRunning() {
    return REDRIVES.STATE.eq(RUNNING).and(REDRIVES.ALIVE_UNTIL.gt(inThe(Duration.ZERO)));
  }

  @Override
  public Optional<RedriveState> save(Redrive redrive, Duration timeToLive) {
    var row = RedriveRow.write(redrive);
    row.put(
        REDRIVES.STATE,
        DSL.when(REDRIVES.STATE.eq(RUNNING), val(redrive.state().name()))
            .otherwise(REDRIVES.STATE));
    row.put(REDRIVES.ALIVE_UNTIL, inThe(timeToLive));
    return database
        .read(dsl ->
            dsl.update(REDRIVES)
                .set(row)
                .where(REDRIVES.CONSUMER_ID.eq(redrive.consumer().value()))
                .and(REDRIVES.REDRIVE_ID.eq(redrive.id()))
                .returningResult(REDRIVES.STATE)
                .fetchOptional(REDRIVES.STATE))
        .map(RedriveState::valueOf);
  }

  @Override
  public boolean cancel(ConsumerId consumer) {
    return database.write(dsl ->
        dsl.update(REDRIVES)
            .set(REDRIVES.STATE, RedriveState.CANCELLED.name())
            .where(REDRIVES.CONSUMER_ID.eq(consumer.value()))
            .and(isRunning())
            .execute())
        == 1;
  }

  @Override
  public Optional<Redrive> last(ConsumerId consumer) {
    var dead = DSL.field(REDRIVES.STATE.eq(RUNNING).and(DSL.not(isRunning())));
    return database
        .read(dsl ->
            dsl.select(REDRIVES.asterisk(), dead)
                .from(REDRIVES)
                .where(REDRIVES.CONSUMER_ID.eq(consumer.value()))
                .fetchOptional())
        .map(row -> {
          var redrive = RedriveRow.read(row);
          return row.get(dead) ? redrive.in(RedriveState.INTERRUPTED) : redrive;
        });
  }

  @Override
  public void settle(
      ConsumerId consumer, String topicId, Map<DeadLetterPlace, Settlement> letters) {
    var all = List.copyOf(letters.entrySet());
    for (int from = 0; from < all.size(); from += BATCH) {
      settle(consumer, topicId, all.subList(from, Math.min(from + BATCH, all.size())));
    }
  }

  private void settle(
      ConsumerId consumer, String topicId, List<Map.Entry<DeadLetterPlace, Settlement>> letters) {
    var partitions = letters.stream().map(it -> it.getKey().partition()).toArray(Integer[]::new);
    var offsets = letters.stream().map(it -> it.getKey().offset()).toArray(Long[]::new);
    var outcomes =
        letters.stream().map(it -> it.getValue().outcome().label()).toArray(String[]::new);
    var times =
        letters.stream().map(it -> ConsumerRow.instant(it.getValue().at())).toArray(Instant[]::new);
    QueryPart[] parts = {
      SETTLED_LETTERS,
      val(ConsumerRow.text(topicId)),
      val(partitions),
      val(offsets),
      val(outcomes),
      val(times, SQLDataType.INSTANT.array()),
      CONSUMERS,
      val(consumer.value())
    };
    database.write(dsl -> dsl.execute(SETTLE, parts));
  }

  @Override
  public Map<Long, Settlement> settled(
      ConsumerId consumer, String topicId, int partition, long from, long end) {
    var rows =
        database.read(dsl ->
            dsl.selectFrom(SETTLED_LETTERS)
                .where(SETTLED_LETTERS.TOPIC_ID.eq(ConsumerRow.text(topicId)))
                .and(SETTLED_LETTERS.PARTITION.eq(partition))
                .and(SETTLED_LETTERS.LETTER_OFFSET.ge(from))
                .and(SETTLED_LETTERS.LETTER_OFFSET.lt(end))
                .and(SETTLED_LETTERS.CONSUMER_ID.eq(consumer.value()))
                .fetch());
    var settled = new HashMap<Long, Settlement>();
    rows.forEach(row ->
        settled.put(
            row.get(SETTLED_LETTERS.LETTER_OFFSET),
            new Settlement(
                RedriveRow.outcome(row.get(SETTLED_LETTERS.OUTCOME)),
                row.get(SETTLED_LETTERS.SETTLED_AT))));
    return settled;
  }

  @Override
  public void forget(String topicId, int partition, long before) {
    database.write(dsl ->
        dsl.deleteFrom(SETTLED_LETTERS)
            .where(SETTLED_LETTERS.TOPIC_ID.eq(ConsumerRow.text(topicId)))
            .and(SETTLED_LETTERS.PARTITION.eq(partition))
            .and(SETTLED_LETTERS.LETTER_OFFSET.lt(before))
            .execute());
  }

  /** So far from now, by the database's clock. */
  private static Field<Instant> inThe(Duration future) {
    return DSL.field(
        "now() + {0} * interval '1 millisecond'", SQLDataType.INSTANT, val(future.toMillis()));
  }
}
