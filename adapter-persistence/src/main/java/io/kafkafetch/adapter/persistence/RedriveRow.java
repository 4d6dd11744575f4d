package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.REDRIVES;

import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveCounts;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A redrive as a row. */
final class RedriveRow {
  private RedriveRow() {}

  /** Everything but the state and its clock. */
  static Map<Field<?>, @Nullable Object> write(Redrive redrive) {
    var row = new HashMap<Field<?>, @Nullable Object>();
    row.put(REDRIVES.CONSUMER_ID, redrive.consumer().value());
    row.put(REDRIVES.REDRIVE_ID, redrive.id());
    row.put(REDRIVES.SERVER_ID, ConsumerRow.text(redrive.server()));
    row.put(REDRIVES.TOPIC, ConsumerRow.text(redrive.topic()));
    row.put(REDRIVES.STARTED_AT, ConsumerRow.instant(redrive.startedAt()));
    row.put(REDRIVES.UPDATED_AT, ConsumerRow.instant(redrive.updatedAt()));
    row.put(REDRIVES.ENDED_AT, redrive.endedAt().map(ConsumerRow::instant).orElse(null));
    var counts = redrive.counts();
    row.put(REDRIVES.LETTERS, counts.letters());
    row.put(REDRIVES.SELECTED, counts.selected());
    row.put(REDRIVES.DELIVERED, counts.delivered());
    row.put(REDRIVES.DEAD_LETTERED, counts.deadLettered());
    row.put(REDRIVES.ALREADY_REDRIVEN, counts.alreadyRedriven());
    row.put(REDRIVES.ATTEMPTS_USED_UP, counts.attemptsUsedUp());
    row.put(REDRIVES.WITHOUT_PROCESSOR, counts.withoutProcessor());
    row.put(REDRIVES.UNREADABLE, counts.unreadable());
    row.put(REDRIVES.RETRIES, counts.retries());
    row.put(REDRIVES.TROUBLE, redrive.trouble().map(ConsumerRow::text).orElse(null));
    row.put(
        REDRIVES.REMARKS, redrive.remarks().stream().map(ConsumerRow::text).toArray(String[]::new));
    return row;
  }

  static Redrive read(Record row) {
    return new Redrive(
        row.get(REDRIVES.REDRIVE_ID),
        new ConsumerId(row.get(REDRIVES.CONSUMER_ID)),
        row.get(REDRIVES.SERVER_ID),
        row.get(REDRIVES.TOPIC),
        RedriveState.valueOf(row.get(REDRIVES.STATE)),
        row.get(REDRIVES.STARTED_AT),
        row.get(REDRIVES.UPDATED_AT),
        Optional.ofNullable(row.get(REDRIVES.ENDED_AT)),
        new RedriveCounts(
            row.get(REDRIVES.LETTERS),
            row.get(REDRIVES.SELECTED),
            row.get(REDRIVES.DELIVERED),
            row.get(REDRIVES.DEAD_LETTERED),
            row.get(REDRIVES.ALREADY_REDRIVEN),
            row.get(REDRIVES.ATTEMPTS_USED_UP),
            row.get(REDRIVES.WITHOUT_PROCESSOR),
            row.get(REDRIVES.UNREADABLE),
            row.get(REDRIVES.RETRIES)),
        Optional.ofNullable(row.get(REDRIVES.TROUBLE)),
        List.of(row.get(REDRIVES.REMARKS)));
  }

  static Settlement.Outcome outcome(String label) {
    return Arrays.stream(Settlement.Outcome.values())
        .filter(it -> it.label().equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("A letter is settled in an unknown way: " + label));
  }
}
