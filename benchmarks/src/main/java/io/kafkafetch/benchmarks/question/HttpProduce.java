package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.Child;
import io.kafkafetch.benchmarks.process.LoopProcess;
import io.kafkafetch.benchmarks.process.ServerProcess;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import io.kafkafetch.embedded.EmbeddedKafka;
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
    int records = bench.options().records(3_000_000, 1_000_000);
    var seconds = bench.options().quick() ? "3" : "5";
    var kafka = bench.kafka();
    Topics.create(kafka.bootstrapServers(), Topics.PARTITIONS, List.of("bare", "http"));
    var server = bench.server(kafka, bench.postgres());
    return new Report(
        name(),
        List.of(
            "records of 200 bytes, 6 partitions, acks=all; the client is one thread of its own process",
            "by default ours adds timestamp, source and server_time, about 90 bytes; with enrich false it does not"),
        bench.rounds(contestants(bench, kafka, server, records, seconds)),
        List.of(
            new Comparison(SINGLE, NOTHING, Kind.AT_LEAST, 0.35),
            new Comparison(BATCH, PRODUCER, Kind.AT_LEAST, 0.40),
            new Comparison(PLAIN_BATCH, PRODUCER, Kind.AT_LEAST, 0.40),
            new Comparison(LINES, PRODUCER, Kind.AT_LEAST, 0.60),
            new Comparison(PLAIN_LINES, PRODUCER, Kind.AT_LEAST, 0.60)));
  }

  private static List<Contestant> contestants(
      Bench bench, EmbeddedKafka kafka, ServerProcess server, int records, String seconds)
      throws Exception {
    var all = new ArrayList<Contestant>();
    var nothing = bench.loop("nothing");
    var client = bench.loop("client");
    var producer = bench.loop("producer");
    var free = Integer.toString((int) nothing.run("nothing"));
    var port = Integer.toString(server.port());
    var ours = server.child();
    var many = "" + records;
    var bare = new String[] {"produce", kafka.bootstrapServers(), "bare", many};
    all.add(limit(NOTHING, REQUESTS, nothing.child(), client, single(free, "/nothing", seconds)));
    all.add(ours(SINGLE, REQUESTS, ours, client, single(port, "/produce", seconds)));
    all.add(ours(BATCH, RECORDS, ours, client, batch(port, "true", seconds)));
    all.add(ours(PLAIN_BATCH, RECORDS, ours, client, batch(port, "false", seconds)));
    // Beside those who are compared with it: the machine is another one half a minute later.
    all.add(limit(PRODUCER, RECORDS, producer.child(), producer, bare));
    all.add(ours(LINES, RECORDS, ours, client, "ndjson", port, "http", "true", many));
    all.add(ours(PLAIN_LINES, RECORDS, ours, client, "ndjson", port, "http", "false", many));
    return all;
  }

  private static String[] single(String port, String path, String seconds) {
    return new String[] {"single", port, path, "http", CONNECTIONS, seconds};
  }

  private static String[] batch(String port, String enrich, String seconds) {
    return new String[] {"batch", port, "http", "100", enrich, CONNECTIONS, seconds};
  }

  private static Contestant limit(
      String name, String unit, Child process, LoopProcess worker, String... words) {
    return new Contestant(name, Role.LIMIT, unit, process, _ -> worker.run(words));
  }

  private static Contestant ours(
      String name, String unit, Child process, LoopProcess worker, String... words) {
    return new Contestant(name, Role.OURS, unit, process, _ -> worker.run(words));
  }
}
