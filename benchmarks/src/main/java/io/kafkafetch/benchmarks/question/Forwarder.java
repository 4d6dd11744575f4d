package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.LoopProcess;
import io.kafkafetch.benchmarks.process.ServerProcess;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import java.util.List;

/** How fast the records of a topic are sent on over HTTP. */
final class Forwarder implements Question {
  private static final String REQUESTS = "requests/s";
  private static final String RECORDS = "records/s";
  private static final String SINGLES = "few";
  private static final String MANY = "many";
  private static final String CLIENT = "bare client, 32 connections";
  private static final String CONSUMER = "bare consumer";
  private static final String ONE = "streaming_forwarder, one record a request, 32 in flight";
  private static final String BATCHES = "streaming_forwarder, batches of 500";

  @Override
  public String name() {
    return "forwarder";
  }

  @Override
  public String asks() {
    return "how fast the records of a topic are sent on over HTTP";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(3_000_000, 1_000_000);
    int few = records / 6;
    var seconds = bench.options().quick() ? "3" : "5";
    var kafka = bench.kafka();
    var bootstrap = kafka.bootstrapServers();
    bench.progress().say("Loading %,d records".formatted(records + few));
    Topics.load(bootstrap, MANY, records);
    Topics.create(bootstrap, 1, List.of(SINGLES));
    io.kafkafetch.benchmarks.limit.ProduceLoop.load(bootstrap, SINGLES, few);
    var server = bench.server(kafka, bench.postgres());
    var loop = bench.loop("loop");
    var client = bench.loop("client");
    var endpoint = bench.loop("endpoint");
    var port = Integer.toString((int) endpoint.run("endpoint"));
    var all =
        List.of(
            client(client, endpoint, port, seconds),
            ours(ONE, REQUESTS, SINGLES, "\"max_in_flight\": 32", server, endpoint, port, few),
            bare(loop, bootstrap, records),
            ours(BATCHES, RECORDS, MANY, "\"batch\": \"ndjson\"", server, endpoint, port, records));
    return new Report(
        name(),
        List.of(
            "one record a request: %,d records in one partition, since max_in_flight is counted for each; batches: %,d records in 6 partitions, NDJSON"
                .formatted(few, records),
            "the endpoint is one thread that counts and answers 200"),
        bench.rounds(all),
        List.of(
            new Comparison(ONE, CLIENT, Kind.AT_LEAST, 0.6),
            new Comparison(BATCHES, CONSUMER, Kind.AT_LEAST, 0.45)));
  }

  private static Contestant client(
      LoopProcess client, LoopProcess endpoint, String port, String seconds) {
    return new Contestant(
        CLIENT,
        Role.LIMIT,
        REQUESTS,
        client.child(),
        _ -> {
          double rate = client.run("single", port, "/in", "orders", "32", seconds);
          endpoint.run("received", "1");
          return rate;
        });
  }

  private static Contestant bare(LoopProcess loop, String bootstrap, int records) {
    return new Contestant(
        CONSUMER,
        Role.LIMIT,
        RECORDS,
        loop.child(),
        round -> loop.run("discard", bootstrap, MANY, "bare" + round, "" + records));
  }

  private static Contestant ours(
      String name,
      String unit,
      String topic,
      String more,
      ServerProcess server,
      LoopProcess endpoint,
      String port,
      int records) {
    return new Contestant(
        name,
        Role.OURS,
        unit,
        server.child(),
        round -> {
          var consumer =
              server.consume(
                  topic,
                  topic + round,
                  "streaming_forwarder",
                  "{\"endpoint_url\": \"http://127.0.0.1:" + port + "/in\", " + more + "}");
          double rate = endpoint.run("received", "" + records);
          server.discard(consumer);
          return rate;
        });
  }
}
