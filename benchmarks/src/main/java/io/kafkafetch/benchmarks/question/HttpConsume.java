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

/** How fast a session hands out the records of a topic. */
final class HttpConsume implements Question {
  private static final String UNIT = "records/s";
  private static final String TOPIC = "orders";
  private static final String BARE = "bare consumer";

  @Override
  public String name() {
    return "http-consume";
  }

  @Override
  public String asks() {
    return "how fast a session hands out the records of a topic";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(2_000_000, 1_000_000);
    var kafka = bench.kafka();
    bench.progress().say("Loading %,d records".formatted(records));
    Topics.load(kafka.bootstrapServers(), TOPIC, records);
    var server = bench.server(kafka, bench.postgres());
    var loop = bench.loop("loop");
    var client = bench.loop("client");
    var bare =
        new Contestant(
            BARE,
            Role.LIMIT,
            UNIT,
            loop.child(),
            round ->
                loop.run("discard", kafka.bootstrapServers(), TOPIC, "bare" + round, "" + records));
    var series =
        bench.rounds(
            List.of(
                bare,
                session("text", server, client, records),
                session("json", server, client, records),
                session("base64", server, client, records)));
    return new Report(
        name(),
        List.of(
            "%,d records of 200 bytes, 6 partitions; one session, one connection, polls of 500"
                .formatted(records),
            "the client counts records and looks at nothing else"),
        series,
        List.of(new Comparison(named("text"), BARE, Kind.AT_LEAST, 0.15)));
  }

  private static String named(String format) {
    return "session of " + format + ", 500 a poll";
  }

  private static Contestant session(
      String format, ServerProcess server, LoopProcess client, int records) {
    return new Contestant(
        named(format),
        Role.OURS,
        UNIT,
        server.child(),
        round -> {
          var id = Sessions.subscribe(server.http(), format + round, TOPIC, "earliest", format);
          double rate = client.run("session", Integer.toString(server.port()), id, "" + records);
          Sessions.close(server.http(), id);
          return rate;
        });
  }
}
