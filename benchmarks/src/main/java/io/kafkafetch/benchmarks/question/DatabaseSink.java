package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.ConnectProcess;
import io.kafkafetch.benchmarks.process.LoopProcess;
import io.kafkafetch.benchmarks.process.ServerProcess;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.util.List;
import java.util.Map;

/** How fast a topic gets into a table. */
final class DatabaseSink implements Question {
  private static final String UNIT = "rows/s";
  private static final String TOPIC = "orders";
  private static final String LOOP = "bare COPY loop";
  private static final String DEBEZIUM = "Debezium JDBC sink, batches of 5000";
  private static final String APPEND = "database_sync, append";
  private static final String UPSERT = "database_sync, upsert";
  private static final String SMALL = APPEND + ", max_batch_records 500";
  private static final String SMALL_UPSERT = UPSERT + ", max_batch_records 500";
  private static final String DEFAULT = "{}";
  private static final String FIVE_HUNDRED = "{\"max_batch_records\": 500}";

  /** How far every partition is, by its highest offset: the index knows, no row is counted. */
  private static final String HIGHEST =
      """
      select coalesce(sum(next), 0) from (
        select (select max(%1$s) + 1 from %2$s where %3$s = 'orders' and %4$s = number) as next
        from generate_series(0, 5) as number) as partitions
      """;

  @Override
  public String name() {
    return "database-sink";
  }

  @Override
  public String asks() {
    return "how fast a topic gets into a PostgreSQL table";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(1_000_000, 400_000);
    var kafka = bench.kafka();
    var postgres = bench.postgres();
    bench.progress().say("Loading %,d records".formatted(records));
    Topics.load(kafka.bootstrapServers(), TOPIC, records);
    var server = bench.server(kafka, postgres);
    var loop = bench.loop("loop");
    var connect = bench.connect(kafka);
    var table = new GrowingTable(bench.keep(postgres.connect("postgres")));
    bench.settle();
    var dsn = ServerProcess.dsn(postgres);
    var series =
        bench.rounds(
            List.of(
                loop(loop, kafka, postgres, table, records),
                ours(APPEND, server, dsn, "append", DEFAULT, table, records),
                ours(SMALL, server, dsn, "append", FIVE_HUNDRED, table, records),
                ours(UPSERT, server, dsn, "upsert", DEFAULT, table, records),
                ours(SMALL_UPSERT, server, dsn, "upsert", FIVE_HUNDRED, table, records),
                debezium(connect, postgres, table, records)));
    return new Report(
        name(),
        List.of(
            "%,d records of 200 bytes with distinct keys, 6 partitions, one task; the clock begins with the first rows"
                .formatted(records),
            "the loop writes topic, partition, offset and jsonb; ours also topic id, timestamp, key and headers;",
            "PostgreSQL 18 with fsync on; ours as run.sh starts it, Connect -Xmx2G"),
        series,
        List.of(
            new Comparison(APPEND, LOOP, Kind.AT_LEAST, 0.85),
            new Comparison(UPSERT, LOOP, Kind.AT_LEAST, 0.67),
            new Comparison(APPEND, DEBEZIUM, Kind.AT_LEAST, 1.7)));
  }

  private static Contestant loop(
      LoopProcess loop,
      EmbeddedKafka kafka,
      EmbeddedPostgreSql postgres,
      GrowingTable table,
      int records) {
    return new Contestant(
        LOOP,
        Role.LIMIT,
        UNIT,
        loop.child(),
        round -> {
          var name = "loop" + round;
          loop.tell(
              "copy",
              kafka.bootstrapServers(),
              TOPIC,
              name,
              postgres.jdbcUrl("postgres"),
              name,
              "" + records);
          double rate =
              table.rate(
                  HIGHEST.formatted("\"offset\"", name, "topic", "partition"),
                  name,
                  records,
                  loop.child(),
                  () -> loop.child().requireAlive());
          loop.hear();
          table.drop(name);
          return rate;
        });
  }

  private static Contestant ours(
      String name,
      ServerProcess server,
      String dsn,
      String mode,
      String delivery,
      GrowingTable table,
      int records) {
    return new Contestant(
        name,
        Role.OURS,
        UNIT,
        server.child(),
        round -> {
          var target = mode + delivery.length() + "_" + round;
          var config =
              "{\"db_dsn\": \"%s\", \"table\": \"%s\", \"mode\": \"%s\"}"
                  .formatted(dsn, target, mode);
          var consumer = server.consume(TOPIC, target, "database_sync", config, delivery);
          double rate =
              table.rate(
                  "select coalesce(sum(next_offset), 0) from kafkafetch_progress"
                      + " where consumer_group = '%s'".formatted(target),
                  target,
                  records,
                  server.child(),
                  () -> {
                    throw new java.io.IOException(
                        server.http().get("/consumers/" + consumer).toPrettyString());
                  });
          server.discard(consumer);
          table.drop(target);
          return rate;
        });
  }

  private static Contestant debezium(
      ConnectProcess connect, EmbeddedPostgreSql postgres, GrowingTable table, int records) {
    return new Contestant(
        DEBEZIUM,
        Role.PEER,
        UNIT,
        connect.child(),
        round -> {
          var name = "debezium" + round;
          table.execute(
              "create table "
                  + name
                  + " (__connect_topic text collate \"C\" not null, __connect_partition int not null,"
                  + " __connect_offset bigint not null, value jsonb, primary key"
                  + " (__connect_topic, __connect_partition, __connect_offset))");
          connect.create(name, debeziumConfig(postgres, name));
          double rate =
              table.rate(
                  HIGHEST.formatted(
                      "__connect_offset", name, "__connect_topic", "__connect_partition"),
                  name,
                  records,
                  connect.child(),
                  () -> connect.requireRunning(name));
          connect.delete(name);
          table.drop(name);
          return rate;
        });
  }

  /** What it is fastest with: inserts into a table that is there, in batches like ours. */
  private static Map<String, String> debeziumConfig(EmbeddedPostgreSql postgres, String table) {
    return Map.ofEntries(
        Map.entry("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector"),
        Map.entry("tasks.max", "1"),
        Map.entry("topics", TOPIC),
        Map.entry(
            "connection.url",
            "jdbc:postgresql://%s:%d/postgres?stringtype=unspecified&reWriteBatchedInserts=true"
                .formatted(postgres.host(), postgres.port())),
        Map.entry("connection.username", EmbeddedPostgreSql.USER),
        Map.entry("connection.password", "none"),
        Map.entry("collection.name.format", table),
        Map.entry("insert.mode", "insert"),
        Map.entry("primary.key.mode", "kafka"),
        Map.entry("schema.evolution", "none"),
        Map.entry("batch.size", "5000"),
        Map.entry("consumer.override.max.poll.records", "5000"),
        Map.entry("transforms", "hoist"),
        Map.entry("transforms.hoist.type", "org.apache.kafka.connect.transforms.HoistField$Value"),
        Map.entry("transforms.hoist.field", "value"));
  }
}
