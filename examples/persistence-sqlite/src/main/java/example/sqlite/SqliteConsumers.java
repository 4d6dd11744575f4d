package example.sqlite;

import static example.sqlite.Documents.micros;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.ConsumerState.Active;
import io.kafkafetch.domain.consumer.ConsumerState.InError;
import io.kafkafetch.domain.consumer.ConsumerState.Inactive;
import io.kafkafetch.domain.consumer.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The managed consumers and their versions. */
final class SqliteConsumers implements Consumers {
  private static final String IN_ORDER = " order by created_at, id";

  private final SqliteFile file;
  private final Runnable onChange;

  SqliteConsumers(SqliteFile file, Runnable onChange) {
    this.file = file;
    this.onChange = onChange;
  }

  @Override
  public void insert(Consumer consumer, String change) {
    boolean inserted =
        file.transaction(() -> {
          int rows =
              file.update(
                  """
                  insert into consumers (revision, status, failure, probed, topic, consumer_group,
                    spec, updated_at, created_at, id)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                  """,
                  columns(consumer, microseconds(consumer.createdAt()), id(consumer)));
          return rows == 1 && addVersion(consumer, change);
        });
    if (!inserted) {
      throw new Refusal.Conflict("There is already a consumer with the id " + consumer.id() + ".");
    }
    onChange.run();
  }

  /** What may change, and then what tells which row. */
  private static Object[] columns(Consumer consumer, Object... key) {
    var columns = new ArrayList<Object>();
    columns.add(consumer.revision());
    columns.add(consumer.state().label());
    columns.add(failure(consumer));
    columns.add(consumer.isWanted() ? 1 : 0);
    columns.add(consumer.spec().topic().value());
    columns.add(consumer.spec().group().value());
    columns.add(Documents.write(consumer.spec()));
    columns.add(microseconds(consumer.updatedAt()));
    columns.addAll(List.of(key));
    return columns.toArray();
  }

  private static String id(Consumer consumer) {
    return consumer.id().toString();
  }

  /** As JSON; null when it is not in ERROR. */
  private static String failure(Consumer consumer) {
    return consumer.state() instanceof InError error ? Documents.write(error.failure()) : null;
  }

  private boolean addVersion(Consumer consumer, String change) throws SQLException {
    return file.update(
            "insert into consumer_versions values (?, ?, ?, ?, ?, ?)",
            id(consumer),
            consumer.revision(),
            consumer.state().label(),
            change,
            Documents.write(consumer.spec()),
            microseconds(consumer.updatedAt()))
        == 1;
  }

  @Override
  public Optional<Consumer> find(ConsumerId id) {
    return file.find(
        "select * from consumers where id = ?", SqliteConsumers::consumer, id.toString());
  }

  @Override
  public List<Consumer> list(ConsumerQuery query) {
    var sql = new StringBuilder("select * from consumers where true");
    var values = new ArrayList<Object>();
    query.status().ifPresent(status -> add(sql, " and status = ?", values, status));
    query.topic().ifPresent(topic -> add(sql, " and topic = ?", values, topic));
    query.group().ifPresent(group -> add(sql, " and consumer_group = ?", values, group));
    query
        .after()
        .ifPresent(place ->
            add(
                sql,
                " and (created_at, id) > (?, ?)",
                values,
                microseconds(place.createdAt()),
                place.id().toString()));
    sql.append(IN_ORDER);
    query.limit().ifPresent(limit -> add(sql, " limit ?", values, limit));
    return file.list(sql.toString(), SqliteConsumers::consumer, values.toArray());
  }

  private static void add(StringBuilder sql, String more, List<Object> values, Object... those) {
    sql.append(more);
    values.addAll(List.of(those));
  }

  @Override
  public List<Consumer> wanted() {
    return file.list(
        "select * from consumers where probed = 1" + IN_ORDER, SqliteConsumers::consumer);
  }

  @Override
  public Map<String, Integer> countByState() {
    var counts = new HashMap<String, Integer>();
    file.list(
            "select status, count(*) as consumers from consumers group by status",
            row -> Map.entry(row.getString("status"), row.getInt("consumers")))
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  @Override
  public boolean replace(Consumer expected, Consumer next, String change) {
    boolean replaced =
        file.transaction(() -> {
          int rows =
              file.update(
                  """
                  update consumers set revision = ?, status = ?, failure = ?, probed = ?, topic = ?,
                    consumer_group = ?, spec = ?, updated_at = ?
                  where id = ? and revision = ? and status = ? and failure is ?
                  """,
                  concat(
                      columns(next, id(expected), expected.revision(), expected.state().label()),
                      failure(expected)));
          if (rows == 1 && next.revision() > expected.revision()) {
            addVersion(next, change);
          }
          return rows == 1;
        });
    return told(replaced);
  }

  private static Object[] concat(Object[] values, Object last) {
    var all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = last;
    return all;
  }

  private boolean told(boolean changed) {
    if (changed) {
      onChange.run();
    }
    return changed;
  }

  /** What belongs to it goes along: the tables cascade. */
  @Override
  public boolean remove(Consumer expected) {
    return told(
        file.transaction(() ->
            file.update(
                    "delete from consumers where id = ? and revision = ?",
                    id(expected),
                    expected.revision())
                == 1));
  }

  @Override
  public List<ConsumerVersion> versions(ConsumerId id, int limit) {
    return file.list(
        "select * from consumer_versions where consumer_id = ? order by revision desc limit ?",
        SqliteConsumers::version,
        id.toString(),
        limit);
  }

  @Override
  public Optional<ConsumerVersion> version(ConsumerId id, long revision) {
    return file.find(
        "select * from consumer_versions where consumer_id = ? and revision = ?",
        SqliteConsumers::version,
        id.toString(),
        revision);
  }

  private static Consumer consumer(ResultSet row) throws SQLException {
    return new Consumer(
        new ConsumerId(UUID.fromString(row.getString("id"))),
        Documents.read(row.getString("spec"), ConsumerSpec.class),
        state(row.getString("status"), row.getString("failure")),
        row.getLong("revision"),
        instant(row.getLong("created_at")),
        instant(row.getLong("updated_at")));
  }

  private static ConsumerState state(String status, String failure) {
    return switch (status) {
      case "ACTIVE" -> new Active();
      case "INACTIVE" -> new Inactive();
      default -> new InError(Documents.read(failure, Failure.class));
    };
  }

  private static ConsumerVersion version(ResultSet row) throws SQLException {
    return new ConsumerVersion(
        row.getLong("revision"),
        Documents.read(row.getString("spec"), ConsumerSpec.class),
        row.getString("status"),
        row.getString("change"),
        instant(row.getLong("changed_at")));
  }

  /** Microseconds since 1970, which order as instants do. */
  static long microseconds(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, micros(instant));
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
