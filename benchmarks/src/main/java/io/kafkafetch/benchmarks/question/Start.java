package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.Usage;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long it takes from start to healthy, and how much memory one consumer at work takes. */
final class Start implements Question {
  private static final String SECONDS = "s";
  private static final String MEBIBYTES = "MiB";
  private static final String TOPIC = "orders";
  private static final String CONNECT = "Connect, start to API";
  private static final String OURS = "start to healthy";
  private static final String WITHOUT_CACHE = "start to healthy, without AOT cache";
  private static final String CONNECT_MEMORY = "Connect FileStreamSink, peak resident";
  private static final String OUR_MEMORY = "file_sink, peak resident";

  /** What each took at its last start, since one run answers both questions. */
  private final Map<String, Double> memory = new HashMap<>();

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String asks() {
    return "how long from start to healthy, and how much memory one consumer at work takes";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(2_000_000, 1_000_000);
    var kafka = bench.kafka();
    var postgres = bench.postgres();
    bench.progress().say("Loading %,d records".formatted(records));
    Topics.load(kafka.bootstrapServers(), TOPIC, records);
    var series =
        bench.rounds(
            List.of(
                new Contestant(
                    CONNECT,
                    Role.PEER,
                    SECONDS,
                    Usage.NONE,
                    round -> peer(bench, kafka, records, round)),
                new Contestant(
                    OURS,
                    Role.OURS,
                    SECONDS,
                    Usage.NONE,
                    round -> ours(bench, kafka, postgres, records, round)),
                new Contestant(
                    WITHOUT_CACHE,
                    Role.OURS,
                    SECONDS,
                    Usage.NONE,
                    _ -> uncached(bench, kafka, postgres)),
                remembered(CONNECT_MEMORY, Role.PEER),
                remembered(OUR_MEMORY, Role.OURS)));
    return new Report(
        name(),
        List.of(
            "Kafka and PostgreSQL run already; Connect -Xms256M -Xmx2G as its own script starts it, ours as run.sh does",
            "memory: one consumer, %,d records of 200 bytes into a file".formatted(records)),
        series,
        List.of(
            new Comparison(OURS, CONNECT, Kind.AT_MOST, 0.4),
            new Comparison(OUR_MEMORY, CONNECT_MEMORY, Kind.AT_MOST, 0.5)));
  }

  private Contestant remembered(String name, Role role) {
    return new Contestant(name, role, MEBIBYTES, Usage.NONE, _ -> memory.getOrDefault(name, 0.0));
  }

  private double peer(Bench bench, EmbeddedKafka kafka, int records, int round) throws Exception {
    long begun = System.nanoTime();
    try (var connect = bench.connect(kafka, List.of("-Xms256M", "-Xmx2G"))) {
      double took = (System.nanoTime() - begun) / 1e9;
      var file = bench.work().resolve("connect" + round + ".txt");
      connect.create("file" + round, FileSink.connector(TOPIC, file));
      GrowingFile.rate(file, records, connect.child());
      memory.put(CONNECT_MEMORY, peak(connect.child()));
      Files.delete(file);
      return took;
    }
  }

  private double ours(
      Bench bench, EmbeddedKafka kafka, EmbeddedPostgreSql postgres, int records, int round)
      throws Exception {
    long begun = System.nanoTime();
    try (var server = bench.server(kafka, postgres)) {
      double took = (System.nanoTime() - begun) / 1e9;
      Path file = server.folder().resolve("memory" + round + ".txt");
      var consumer =
          server.consume(TOPIC, "memory" + round, "file_sink", "{\"file_path\": \"" + file + "\"}");
      GrowingFile.rate(file, records, server.child());
      memory.put(OUR_MEMORY, peak(server.child()));
      server.discard(consumer);
      Files.delete(file);
      return took;
    }
  }

  private static double uncached(Bench bench, EmbeddedKafka kafka, EmbeddedPostgreSql postgres)
      throws Exception {
    long begun = System.nanoTime();
    try (var _ = bench.server(kafka, postgres, false)) {
      return (System.nanoTime() - begun) / 1e9;
    }
  }

  private static double peak(Usage process) {
    return process.peakBytes() / (double) (1 << 20);
  }
}
