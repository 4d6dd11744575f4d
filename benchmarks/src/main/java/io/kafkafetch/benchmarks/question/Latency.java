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
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.IOException;
import java.util.List;

/** How long a new record is under way to somebody who waits for it. */
final class Latency implements Question {
  private static final String UNIT = "ms";
  private static final String TOPIC = "news";
  private static final String PER_SECOND = "50";

  /** Both have compiled what they run before anything counts, as where they run for days. */
  private static final int WARM_UP_RECORDS = 4_000;

  private static final String WARM_UP_PER_SECOND = "1000";
  private static final List<String> PARTS = List.of("0.5", "0.99");

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String asks() {
    return "how long a new record is under way to somebody who waits for it";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(500, 200);
    var kafka = bench.kafka();
    Topics.create(kafka.bootstrapServers(), Topics.PARTITIONS, List.of(TOPIC));
    var server = bench.server(kafka, bench.postgres());
    var loop = bench.loop("loop");
    bench.progress().say("Warming up both with %,d records".formatted(WARM_UP_RECORDS));
    tail(loop, kafka, WARM_UP_RECORDS, WARM_UP_PER_SECOND, "0.5");
    polled("warm-up", loop, kafka, server, WARM_UP_RECORDS, WARM_UP_PER_SECOND, "0.5");
    var series =
        bench.rounds(
            List.of(
                bare(PARTS.getFirst(), loop, kafka, records),
                poll(PARTS.getFirst(), loop, kafka, server, records),
                bare(PARTS.getLast(), loop, kafka, records),
                poll(PARTS.getLast(), loop, kafka, server, records)));
    return new Report(
        name(),
        List.of(
            "%,d records a round, %s a second, into 6 partitions; sender and receiver share a process"
                .formatted(records, PER_SECOND),
            "a producer with linger.ms=0; the long poll is one session over one connection",
            "both were warmed up with %,d records".formatted(WARM_UP_RECORDS)),
        series,
        List.of(
            new Comparison(polled("0.5"), consumed("0.5"), Kind.MORE_BY, 1),
            new Comparison(polled("0.99"), consumed("0.99"), Kind.MORE_BY, 4)));
  }

  private static String consumed(String part) {
    return "bare consumer, quantile " + part;
  }

  private static String polled(String part) {
    return "long poll, quantile " + part;
  }

  private static Contestant bare(String part, LoopProcess loop, EmbeddedKafka kafka, int records) {
    return new Contestant(
        consumed(part),
        Role.LIMIT,
        UNIT,
        loop.child(),
        _ -> tail(loop, kafka, records, PER_SECOND, part));
  }

  private static double tail(
      LoopProcess loop, EmbeddedKafka kafka, int records, String perSecond, String part)
      throws IOException {
    return loop.run("tail", kafka.bootstrapServers(), TOPIC, "none", "" + records, perSecond, part);
  }

  private static Contestant poll(
      String part, LoopProcess loop, EmbeddedKafka kafka, ServerProcess server, int records) {
    return new Contestant(
        polled(part),
        Role.OURS,
        UNIT,
        server.child(),
        round -> polled(part + "-" + round, loop, kafka, server, records, PER_SECOND, part));
  }

  private static double polled(
      String group,
      LoopProcess loop,
      EmbeddedKafka kafka,
      ServerProcess server,
      int records,
      String perSecond,
      String part)
      throws IOException, InterruptedException {
    var id = Sessions.subscribe(server.http(), group, TOPIC, "latest", "text");
    double took =
        loop.run(
            "tail",
            kafka.bootstrapServers(),
            TOPIC,
            "none",
            "" + records,
            perSecond,
            part,
            Integer.toString(server.port()),
            id);
    Sessions.close(server.http(), id);
    return took;
  }
}
