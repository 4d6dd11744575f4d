package example.sqlite;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The living servers. */
final class SqliteFleet implements Fleet {
  private final SqliteFile file;
  private final InstantSource clock;
  private final Runnable onChange;

  SqliteFleet(SqliteFile file, InstantSource clock, Runnable onChange) {
    this.file = file;
    this.clock = clock;
    this.onChange = onChange;
  }

  @Override
  public void beat(FleetServer server, Duration timeToLive) {
    long now = clock.millis();
    boolean news =
        file.transaction(() -> {
          file.update("delete from servers where alive_until <= ?", now);
          boolean known =
              file.find(
                      "select id from servers where id = ? and address = ?",
                      row -> true,
                      server.id().value(),
                      server.address())
                  .isPresent();
          file.update(
              """
              insert into servers values (?, ?, ?) on conflict do update
              set address = excluded.address, alive_until = excluded.alive_until
              """,
              server.id().value(),
              server.address(),
              now + timeToLive.toMillis());
          return !known;
        });
    if (news) {
      onChange.run();
    }
  }

  @Override
  public List<FleetServer> live() {
    return file.list(
        "select id, address from servers where alive_until > ? order by id",
        row -> new FleetServer(new ServerId(row.getString("id")), row.getString("address")),
        clock.millis());
  }

  @Override
  public void leave(ServerId server) {
    int gone =
        file.transaction(() -> file.update("delete from servers where id = ?", server.value()));
    if (gone > 0) {
      onChange.run();
    }
  }
}
