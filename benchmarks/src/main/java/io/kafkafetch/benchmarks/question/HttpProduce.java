package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.Child;
import io.kafkafetch.benchmarks.process.LoopProcess;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How fast records get into a topic over HTTP. */
final class HttpProduce implements Question {
  private static final String REQUESTS = "requests/s";
  private static final String RECORDS = "records/s";
  private static final String CONNECTIONS = "32";
  private static final String NOTHING = "no-op POST route, 32 connections";
  private static final String SINGLE = "/produce, 32 connections";
  private static final String PRODUCER = "bare producer, acks=all";
  private static final String BATCH = "/produce/batch of 100";
  private static final String PLAIN_BATCH = "/produce/batch of 100, enrich false";
  private static final String LINES = "/produce/batch, NDJSON";
  private static final String PLAIN_LINES = "/produce/batch, NDJSON, enrich false";

  @Override
  public String name() {
    return "http-produce";
  }

  @Override
  public String asks() {
    return "how fast records get into a topic over HTTP";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(1_000_000, 500_000);
    var seconds = bench.options().quick() ? "3" : "5";
    var kafka = bench.kafka();
    Topics.create(kafka.bootstrapServers(), Topics.PARTITIONS, List.of("bare", "http"));
    var server = bench.server(kafka, bench.postgres());
    var load =
        new Load(server.child(), bench.loop("client"), Integer.toString(server.port()), seconds);
    var all = new ArrayList<Contestant>();
    all.addAll(singles(load, bench.loop("nothing")));
    all.addAll(batches(load, bench.loop("producer"), kafka.bootstrapServers(), records));
    return new Report(
        name(),
        List.of(
            "records of 200 bytes, 6 partitions, acks=all; the client is one thread of its own process",
            "by default ours adds timestamp, source and server_time to each record, about 90 bytes; with enrich false it does not"),
        bench.rounds(all),
        List.of(
            new Comparison(SINGLE, NOTHING, Kind.AT_LEAST, 0.35),
            new Comparison(BATCH, PRODUCER, Kind.AT_LEAST, 0.40),
            new Comparison(PLAIN_BATCH, PRODUCER, Kind.AT_LEAST, 0.40),
            new Comparison(LINES, PRODUCER, Kind.AT_LEAST, 0.60),
            new Comparison(PLAIN_LINES, PRODUCER, Kind.AT_LEAST, 0.60)));
  }

  /** What sends requests, and whom to. */
  private record Load(Child ours, LoopProcess client, String port, String seconds) {}

  private static List<Contestant> singles(Load load, LoopProcess nothing) throws IOException {
    var nothingPort = Integer.toString((int) nothing.run("nothing"));
    return List.of(
        limit(
            NOTHING,
            REQUESTS,
            nothing.child(),
            load.client(),
            "single",
            nothingPort,
            "/nothing",
            "http",
            CONNECTIONS,
            load.seconds()),
        ours(SINGLE, REQUESTS, load, "single", "/produce", "http", CONNECTIONS, load.seconds()));
  }

  private static List<Contestant> batches(
      Load load, LoopProcess producer, String bootstrap, int records) {
    var number = Integer.toString(records);
    return List.of(
        limit(PRODUCER, RECORDS, producer.child(), producer, "produce", bootstrap, "bare", number),
        ours(BATCH, RECORDS, load, "batch", "http", "100", "true", CONNECTIONS, load.seconds()),
        ours(
            PLAIN_BATCH,
            RECORDS,
            load,
            "batch",
            "http",
            "100",
            "false",
            CONNECTIONS,
            load.seconds()),
        ours(LINES, RECORDS, load, "ndjson", "http", "true", number),
        ours(PLAIN_LINES, RECORDS, load, "ndjson", "http", "false", number));
  }

  private static Contestant limit(
      String name, String unit, Child process, LoopProcess worker, String... words) {
    return new Contestant(name, Role.LIMIT, unit, process, _ -> worker.run(words));
  }

  /** What it is told is the kind of load, then the port, then the rest. */
  private static Contestant ours(String name, String unit, Load load, String kind, String... rest) {
    var words = new ArrayList<>(List.of(kind, load.port()));
    words.addAll(List.of(rest));
    return new Contestant(
        name, Role.OURS, unit, load.ours(), _ -> load.client().run(words.toArray(String[]::new)));
  }
}
