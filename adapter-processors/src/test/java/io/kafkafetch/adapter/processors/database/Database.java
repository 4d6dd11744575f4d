package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of a test's own on a real PostgreSQL, and sinks that write there. */
final class Database implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final ProcessorEnvironment ENVIRONMENT =
      new ProcessorEnvironment(Map.of(), () -> Instant.EPOCH);

  private final EmbeddedPostgreSql server;
  private final String name;
  private final DatabaseSyncFactory factory;
  private final List<Processor> processors = new ArrayList<>();

  private Database(EmbeddedPostgreSql server) {
    this.server = server;
    this.name = "sync_" + NUMBER.incrementAndGet();
    server.createDatabase(name);
    factory =
        new DatabaseSyncFactory(
            new SessionPools(
                new SessionPool.Limits(8, Duration.ofSeconds(5), Duration.ofMinutes(1))));
  }

  /** A fresh one on the server that all tests share. */
  static Database fresh() {
    return new Database(EmbeddedPostgreSql.shared());
  }

  /** A fresh one on a server of the test's own. */
  static Database on(EmbeddedPostgreSql server) {
    return new Database(server);
  }

  String name() {
    return name;
  }

  String dsn() {
    return server.url(name);
  }

  DatabaseSyncFactory factory() {
    return factory;
  }

  /** A configuration for this database: {@code key, value, key, value, …}. */
  ProcessorConfig config(Object... keysAndValues) {
    var values = new LinkedHashMap<String, Object>();
    values.put("db_dsn", dsn());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ProcessorConfig(values);
  }

  static ProcessorPlan plan(ProcessorConfig config, String topic) {
    return new ProcessorPlan(config, topic, 1, ENVIRONMENT);
  }

  /** What comes of opening a partition's sink. */
  Opening opening(ProcessorConfig config, SourcePartition partition) {
    return opening(config, partition, "billing");
  }

  Opening opening(ProcessorConfig config, SourcePartition partition, String group) {
    var violations = factory.validate(plan(config, partition.topic()));
    if (!violations.isEmpty() || !factory.schema().validate(config).isEmpty()) {
      throw new IllegalArgumentException(violations.toString());
    }
    var processor =
        factory.open(new ProcessorContext("consumer-1", "processor-1", group, config, ENVIRONMENT));
    processors.add(processor);
    return processor.open(partition);
  }

  /** An open sink that has not begun. */
  PartitionSink open(ProcessorConfig config, SourcePartition partition) {
    return open(config, partition, "billing");
  }

  PartitionSink open(ProcessorConfig config, SourcePartition partition, String group) {
    return switch (opening(config, partition, group)) {
      case Opening.Opened(var sink) -> sink;
      case Opening.Refused(var cause) -> throw new AssertionError(cause.toString());
    };
  }

  /** An open sink that begins where it remembers to be. */
  PartitionSink sink(ProcessorConfig config, SourcePartition partition) {
    var sink = open(config, partition);
    sink.begin(sink.remembered().orElse(new Progress(0, 0)));
    return sink;
  }

  Connection connect() throws SQLException {
    return server.connect(name);
  }

  void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** All rows, each as its columns' texts with a bar between. */
  List<String> rows(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (result.next()) {
        var columns = new ArrayList<String>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", columns));
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The only column of the only row. */
  String value(String sql) {
    var rows = rows(sql);
    if (rows.size() != 1) {
      throw new AssertionError("One row was expected of " + sql + ", not " + rows);
    }
    return rows.get(0);
  }

  @Override
  public void close() {
    processors.forEach(Processor::close);
  }
}
