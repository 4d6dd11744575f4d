package io.kafkafetch.adapter.processors.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the sink with a bare loop that does nothing but a binary COPY of the same records, on a
 * PostgreSQL of its own, in turn, in one run. A program: {@code main [rounds] [records]}.
 */
final class CopyThroughput {
  private static final Logger LOG = LoggerFactory.getLogger(CopyThroughput.class);
  private static final int PARTITIONS = 6;
  private static final int KEYS = 10_000;

  private final Database database;
  private final int records;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();

  private CopyThroughput(Database database, int records) {
    this.database = database;
    this.records = records;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300_000;
    try (var server = EmbeddedPostgreSql.forTests();
        var database = Database.on(server)) {
      for (int size : new int[] {500, 5000}) {
        var run = new CopyThroughput(database, records);
        // The first round warms up.
        for (int round = 0; round <= rounds; round++) {
          run.round(size, round > 0);
        }
        run.print(size);
      }
    }
  }

  private void round(int size, boolean counts) throws Exception {
    var unique = batches(size, i -> "key-%09d".formatted(i));
    var random = new Random(5);
    var repeated =
        batches(
            size,
            i ->
                "key-%d-%05d"
                    .formatted(i / (records / PARTITIONS), random.nextInt(KEYS / PARTITIONS)));
    record("bare COPY, one connection", counts, () -> bare(unique));
    record("append, one partition after the other", counts, () -> sinks("append", unique, 1));
    record("bare COPY, one connection", counts, () -> bare(unique));
    record("append, six partitions at once", counts, () -> sinks("append", unique, PARTITIONS));
    record("upsert, new keys, one after the other", counts, () -> sinks("upsert", unique, 1));
    record("upsert, new keys, six at once", counts, () -> sinks("upsert", unique, PARTITIONS));
    record("upsert, 10,000 keys, one after the other", counts, () -> sinks("upsert", repeated, 1));
    record("upsert, 10,000 keys, six at once", counts, () -> sinks("upsert", repeated, PARTITIONS));
  }

  private interface Load {
    void run() throws Exception;
  }

  private void record(String name, boolean counts, Load load) throws Exception {
    database.execute(
        "drop table if exists orders, orders_tombstones, kafkafetch_progress, bare; checkpoint");
    long begun = System.nanoTime();
    load.run();
    double perSecond = records / ((System.nanoTime() - begun) / 1e9);
    if (counts) {
      rates.computeIfAbsent(name, _ -> new ArrayList<>()).add(perSecond);
    }
  }

  private void print(int size) {
    double bare = median(rates.values().iterator().next());
    rates.forEach((name, values) ->
        LOG.info(
            "batches of {}: {}: {} k/s, {} of bare",
            size,
            name,
            Math.round(median(values) / 1000),
            Math.round(100 * median(values) / bare) / 100.0));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** The records of all partitions, in batches. */
  private List<List<Records>> batches(int size, IntFunction<String> key) {
    var partitions = new ArrayList<List<Records>>();
    int each = records / PARTITIONS;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var batches = new ArrayList<Records>();
      for (int from = 0; from < each; from += size) {
        var batch = Records.from(Records.orders(partition), from);
        for (int i = from; i < Math.min(each, from + size); i++) {
          int number = partition * each + i;
          batch.add(key.apply(number), value(number));
        }
        batches.add(batch.build());
      }
      partitions.add(batches);
    }
    return partitions;
  }

  /** 200 bytes of JSON. */
  private static String value(int number) {
    var start =
        "{\"id\":%d,\"customer\":\"c-%d\",\"amount\":%d.25,\"paid\":true,\"note\":\""
            .formatted(number, number % 977, number % 1000);
    return start + "x".repeat(198 - start.length()) + "\"}";
  }

  private void bare(List<List<Records>> partitions) throws Exception {
    database.execute(
        "create table bare (topic text, partition int, \"offset\" bigint, value jsonb,"
            + " primary key (topic, partition, \"offset\"))");
    var topic = "orders".getBytes(UTF_8);
    try (var connection = database.connect()) {
      var copies = connection.unwrap(PGConnection.class).getCopyAPI();
      var rows = new RowBuffer(2_000_000);
      for (var batches : partitions) {
        for (var batch : batches) {
          var copy = copies.copyIn("copy bare from stdin (format binary)");
          rows.clear();
          rows.copyHeader();
          for (int i = 0; i < batch.size(); i++) {
            rows.int16(4);
            rows.bytesField(topic);
            rows.int32(4);
            rows.int32(batch.source().partition());
            rows.int64Field(batch.offset(i));
            rows.jsonbField(Objects.requireNonNull(batch.value(i)));
            if (rows.size() > 64 * 1024) {
              copy.writeToCopy(rows.array(), 0, rows.size());
              rows.clear();
            }
          }
          rows.copyTrailer();
          copy.writeToCopy(rows.array(), 0, rows.size());
          copy.endCopy();
        }
      }
    }
  }

  private void sinks(String mode, List<List<Records>> partitions, int atOnce) throws Exception {
    var config = database.config("mode", mode);
    try (var threads = Executors.newFixedThreadPool(atOnce)) {
      var running = new ArrayList<Future<Boolean>>();
      for (var batches : partitions) {
        running.add(threads.submit(() -> deliver(config, batches)));
      }
      for (var each : running) {
        each.get();
      }
    }
  }

  private boolean deliver(ProcessorConfig config, List<Records> batches) {
    SourcePartition source = batches.get(0).source();
    var sink = database.open(config, source);
    sink.begin(new Progress(0, 0));
    for (var batch : batches) {
      var outcome = sink.deliver(batch);
      if (!(outcome instanceof Outcome.Delivered)) {
        throw new IllegalStateException(outcome.toString());
      }
    }
    sink.close();
    return true;
  }
}
