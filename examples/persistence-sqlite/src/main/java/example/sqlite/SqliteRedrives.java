package example.sqlite;

import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The last redrive of each consumer, and which dead letters were dealt with. */
final class SqliteRedrives implements Redrives {
  private final SqliteFile file;
  private final InstantSource clock;

  SqliteRedrives(SqliteFile file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public boolean begin(Redrive redrive, Duration timeToLive) {
    long now = clock.millis();
    return file.transaction(() ->
        file.update(
            """
            insert into redrives select id, ?, ?, ?, ? from consumers where id = ?
            on conflict do update set redrive_id = excluded.redrive_id, state = excluded.state,
              alive_until = excluded.alive_until, redrive = excluded.redrive
            where state <> 'RUNNING' or alive_until <= ?
            """,
            redrive.id().toString(),
            redrive.state().name(),
            now + timeToLive.toMillis(),
            Documents.write(redrive),
            redrive.consumer().toString(),
            now))
        == 1;
  }

  @Override
  public Optional<RedriveState> save(Redrive redrive, Duration timeToLive) {
    return file.transaction(() -> {
      int saved =
          file.update(
              """
              update redrives set redrive = ?, alive_until = ?,
                state = case state when 'RUNNING' then ? else state end
              where consumer_id = ? and redrive_id = ?
              """,
              Documents.write(redrive),
              clock.millis() + timeToLive.toMillis(),
              redrive.state().name(),
              redrive.consumer().toString(),
              redrive.id().toString());
      return saved == 0 ? Optional.empty() : state(redrive.consumer());
    });
  }

  private Optional<RedriveState> state(ConsumerId consumer) {
    return file.find(
        "select state from redrives where consumer_id = ?",
        row -> RedriveState.valueOf(row.getString("state")),
        consumer.toString());
  }

  @Override
  public boolean cancel(ConsumerId consumer) {
    return file.transaction(() ->
        file.update(
            """
            update redrives set state = 'CANCELLED'
            where consumer_id = ? and state = 'RUNNING' and alive_until > ?
            """,
            consumer.toString(),
            clock.millis()))
        == 1;
  }

  @Override
  public Optional<Redrive> last(ConsumerId consumer) {
    return file.find(
        "select * from redrives where consumer_id = ?", this::redrive, consumer.toString());
  }

  private Redrive redrive(ResultSet row) throws SQLException {
    var state = RedriveState.valueOf(row.getString("state"));
    boolean lost = state == RedriveState.RUNNING && row.getLong("alive_until") <= clock.millis();
    return Documents.read(row.getString("redrive"), Redrive.class)
        .in(lost ? RedriveState.INTERRUPTED : state);
  }

  @Override
  public void settle(
      ConsumerId consumer, String topicId, Map<DeadLetterPlace, Settlement> letters) {
    file.transaction(() -> {
      int settled = 0;
      for (var letter : letters.entrySet()) {
        settled +=
            file.update(
                """
                insert into settled_letters select ?, ?, ?, id, ?, ? from consumers where id = ?
                on conflict do nothing
                """,
                topicId,
                letter.getKey().partition(),
                letter.getKey().offset(),
                letter.getValue().outcome().name(),
                SqliteConsumers.microseconds(letter.getValue().at()),
                consumer.toString());
      }
      return settled;
    });
  }

  @Override
  public Map<Long, Settlement> settled(
      ConsumerId consumer, String topicId, int partition, long from, long end) {
    var settled = new HashMap<Long, Settlement>();
    file.list(
        """
        select * from settled_letters where topic_id = ? and partition = ?
          and letter_offset >= ? and letter_offset < ? and consumer_id = ?
        """,
        row ->
            settled.put(
                    row.getLong("letter_offset"),
                    new Settlement(
                        Settlement.Outcome.valueOf(row.getString("outcome")),
                        SqliteConsumers.instant(row.getLong("settled_at"))))
                == null,
        topicId,
        partition,
        from,
        end,
        consumer.toString());
    return Map.copyOf(settled);
  }

  @Override
  public void forget(String topicId, int partition, long before) {
    file.transaction(() ->
        file.update(
            """
            delete from settled_letters
            where topic_id = ? and partition = ? and letter_offset < ?
            """,
            topicId,
            partition,
            before));
  }
}
