package io.kafkafetch.bootstrap.embedding;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.embedded.EmbeddedException;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedKafkaSettings;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import io.kafkafetch.embedded.EmbeddedPostgreSqlSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The servers that were not given from outside: started side by side, watched, and stopped side by
 * side.
 */
public final class EmbeddedServers implements AutoCloseable {
  /** What Kafka's own clients try first. */
  private static final int KAFKA_PORT = 9092;

  private static final int POSTGRESQL_PORT = 5432;
  private static final String DATABASE = "kafka_fetch";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

  private final Optional<EmbeddedKafka> kafka;
  private final Optional<EmbeddedPostgreSql> postgreSql;
  private final List<Watch> watches = new ArrayList<>();

  private EmbeddedServers(Optional<EmbeddedKafka> kafka, Optional<EmbeddedPostgreSql> postgreSql) {
    this.kafka = kafka;
    this.postgreSql = postgreSql;
    kafka.ifPresent(
        broker -> watches.add(Watch.over("Embedded Kafka", broker::alive, broker::restart)));
    postgreSql.ifPresent(
        server -> watches.add(Watch.over("Embedded PostgreSQL", server::alive, server::restart)));
  }

  /**
   * Starts what is asked for under {@code dataDir}.
   *
   * @throws StartFailure when one of them cannot start; none runs then
   */
  public static EmbeddedServers start(Path dataDir, boolean withKafka, boolean withPostgreSql) {
    var start = new SideBySide();
    var kafka = start.begin(withKafka, () -> kafka(dataDir));
    var postgreSql = start.begin(withPostgreSql, () -> postgreSql(dataDir));
    start.awaitAll();
    return new EmbeddedServers(kafka.map(Future::resultNow), postgreSql.map(Future::resultNow));
  }

  /** The embedded broker's {@code host:port}, when there is one. */
  public Optional<String> bootstrapServers() {
    return kafka.map(EmbeddedKafka::bootstrapServers);
  }

  /** The URL of the server's own database, when that is embedded. */
  public Optional<String> databaseUrl() {
    return postgreSql.map(server -> server.url(DATABASE));
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
    try (var threads = Executors.newFixedThreadPool(2)) {
      kafka.ifPresent(broker -> threads.execute(broker::close));
      postgreSql.ifPresent(server -> threads.execute(server::close));
    }
  }

  private static EmbeddedKafka kafka(Path dataDir) {
    return EmbeddedKafka.start(
        EmbeddedKafkaSettings.in(dataDir)
            .withPreferredPort(KAFKA_PORT)
            .withLimits(START_LIMIT, STOP_LIMIT));
  }

  private static EmbeddedPostgreSql postgreSql(Path dataDir) {
    var server =
        EmbeddedPostgreSql.start(
            EmbeddedPostgreSqlSettings.in(dataDir)
                .withPreferredPort(POSTGRESQL_PORT)
                .withLimits(START_LIMIT, STOP_LIMIT));
    try {
      server.createDatabase(DATABASE);
      return server;
    } catch (EmbeddedException e) {
      server.close();
      throw e;
    }
  }
}
