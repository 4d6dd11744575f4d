package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMERS;

import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.ConsumerState.Active;
import io.kafkafetch.domain.consumer.ConsumerState.InError;
import io.kafkafetch.domain.consumer.ConsumerState.Inactive;
import io.kafkafetch.domain.consumer.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Consumers as rows. The spec is the truth; topic and group stand beside it to be found by. */
final class ConsumerRow {
  /** What {@link #read} needs. */
  static final List<Field<?>> COLUMNS =
      List.of(
          CONSUMERS.ID,
          CONSUMERS.SPEC,
          CONSUMERS.STATUS,
          CONSUMERS.FAILURE_REASON,
          CONSUMERS.FAILURE_SINCE,
          CONSUMERS.FAILURE_ATTEMPTS,
          CONSUMERS.NEXT_RETRY_AT,
          CONSUMERS.REVISION,
          CONSUMERS.CREATED_AT,
          CONSUMERS.UPDATED_AT);

  private final SpecJson specs;

  ConsumerRow(SpecJson specs) {
    this.specs = specs;
  }

  Map<Field<?>, @Nullable Object> write(Consumer consumer) {
    var row = new HashMap<Field<?>, @Nullable Object>();
    row.put(CONSUMERS.ID, consumer.id().value());
    row.put(CONSUMERS.REVISION, consumer.revision());
    row.put(CONSUMERS.TOPIC, text(consumer.spec().topic().value()));
    row.put(CONSUMERS.CONSUMER_GROUP, text(consumer.spec().group().value()));
    row.put(CONSUMERS.SPEC, specs.write(consumer.spec()));
    row.put(CONSUMERS.CREATED_AT, instant(consumer.createdAt()));
    row.put(CONSUMERS.UPDATED_AT, instant(consumer.updatedAt()));
    putState(row, consumer.state());
    return row;
  }

  private static void putState(Map<Field<?>, @Nullable Object> row, ConsumerState state) {
    var failure = failure(state);
    row.put(CONSUMERS.STATUS, state.label());
    row.put(CONSUMERS.FAILURE_REASON, failure.map(it -> text(it.reason())).orElse(null));
    row.put(CONSUMERS.FAILURE_SINCE, failure.map(it -> instant(it.since())).orElse(null));
    row.put(CONSUMERS.FAILURE_ATTEMPTS, failure.map(Failure::attempts).orElse(null));
    row.put(
        CONSUMERS.NEXT_RETRY_AT,
        failure.flatMap(Failure::nextRetryAt).map(ConsumerRow::instant).orElse(null));
  }

  /** That the row is still in that state; all of a failure belongs to it. */
  static Condition isIn(ConsumerState state) {
    var row = new HashMap<Field<?>, @Nullable Object>();
    putState(row, state);
    return row.entrySet().stream()
        .map(entry -> same(entry.getKey(), entry.getValue()))
        .reduce(Condition::and)
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Condition same(Field<?> field, @Nullable Object value) {
    return value == null ? field.isNull() : ((Field<Object>) field).eq(value);
  }

  Consumer read(Record row) {
    return read(row, specs::read);
  }

  /** The same for somebody who may know already what a spec says. */
  Consumer read(Record row, Function<JSON, ConsumerSpec> reading) {
    var id = new ConsumerId(row.get(CONSUMERS.ID));
    try {
      return new Consumer(
          id,
          reading.apply(row.get(CONSUMERS.SPEC)),
          state(row),
          row.get(CONSUMERS.REVISION),
          row.get(CONSUMERS.CREATED_AT),
          row.get(CONSUMERS.UPDATED_AT));
    } catch (Json.Unreadable e) {
      throw new IllegalStateException(
          "Consumer " + id + " is stored in a form that cannot be read: it " + e.getMessage(), e);
    }
  }

  private static ConsumerState state(Record row) {
    return switch (row.get(CONSUMERS.STATUS)) {
      case "ACTIVE" -> new Active();
      case "INACTIVE" -> new Inactive();
      case "ERROR" ->
          new InError(
              new Failure(
                  row.get(CONSUMERS.FAILURE_REASON),
                  row.get(CONSUMERS.FAILURE_SINCE),
                  row.get(CONSUMERS.FAILURE_ATTEMPTS),
                  Optional.ofNullable(row.get(CONSUMERS.NEXT_RETRY_AT))));
      default -> throw new Json.Unreadable("has an unknown status");
    };
  }

  private static Optional<Failure> failure(ConsumerState state) {
    return switch (state) {
      case Active _, Inactive _ -> Optional.empty();
      case InError error -> Optional.of(error.failure());
    };
  }

  /** The database would round to the microsecond; an instant never moves into the future. */
  static Instant instant(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  /** A text of PostgreSQL holds every character but NUL. */
  static String text(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
