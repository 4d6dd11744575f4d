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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How fast a topic gets into a file. */
final class FileSink implements Question {
  private static final String UNIT = "records/s";
  private static final String TOPIC = "orders";
  private static final String LOOP = "bare loop, fsync before each commit";
  private static final String LOOSE = "bare loop, no fsync";
  private static final String CONNECT = "Connect FileStreamSink, StringConverter";
  private static final String OURS = "file_sink";
  private static final String EXACT = "file_sink, exactly_once";

  @Override
  public String name() {
    return "file-sink";
  }

  @Override
  public String asks() {
    return "how fast a topic gets into a file";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int records = bench.options().records(5_000_000, 2_000_000);
    var kafka = bench.kafka();
    var bootstrap = kafka.bootstrapServers();
    bench.progress().say("Loading %,d records".formatted(records));
    Topics.load(bootstrap, TOPIC, records);
    var server = bench.server(kafka, bench.postgres());
    var loop = bench.loop("loop");
    var connect = bench.connect(kafka);
    bench.settle();
    var series =
        bench.rounds(
            List.of(
                loop(bench, LOOP, loop, bootstrap, "durable", records),
                ours(bench, OURS, server, "", records),
                ours(bench, EXACT, server, ", \"exactly_once\": true", records),
                loop(bench, LOOSE, loop, bootstrap, "loose", records),
                connect(bench, connect, records)));
    return new Report(
        name(),
        List.of(
            "%,d records of 200 bytes, 6 partitions, one task; the clock begins with the first line"
                .formatted(records),
            "commits each second; ours as run.sh starts it, Connect -Xmx2G, the loops -Xmx2g and with our consumer settings"),
        series,
        List.of(
            new Comparison(OURS, LOOP, Kind.AT_LEAST, 0.80),
            new Comparison(EXACT, LOOP, Kind.AT_LEAST, 0.75),
            new Comparison(OURS, LOOSE, Kind.AT_LEAST, 0.80),
            new Comparison(OURS, CONNECT, Kind.AT_LEAST, 2.2)));
  }

  private static Contestant loop(
      Bench bench, String name, LoopProcess loop, String bootstrap, String how, int records) {
    return new Contestant(
        name,
        Role.LIMIT,
        UNIT,
        loop.child(),
        round -> {
          var file = bench.work().resolve("loop-" + how + round + ".txt");
          loop.tell(
              "file", bootstrap, TOPIC, "loop-" + how + round, file.toString(), how, "" + records);
          double rate = GrowingFile.rate(file, records, loop.child());
          loop.hear();
          return tidied(bench, file, rate);
        });
  }

  private static Contestant ours(
      Bench bench, String name, ServerProcess server, String more, int records) {
    return new Contestant(
        name,
        Role.OURS,
        UNIT,
        server.child(),
        round -> {
          var group = "ours" + more.length() + "-" + round;
          var file = server.folder().resolve(group + ".txt");
          var consumer =
              server.consume(
                  TOPIC, group, "file_sink", "{\"file_path\": \"" + file + "\"" + more + "}");
          double rate = GrowingFile.rate(file, records, server.child());
          server.discard(consumer);
          return tidied(bench, file, rate);
        });
  }

  private static Contestant connect(Bench bench, ConnectProcess connect, int records) {
    return new Contestant(
        CONNECT,
        Role.PEER,
        UNIT,
        connect.child(),
        round -> {
          var file = bench.work().resolve("connect" + round + ".txt");
          var name = "file" + round;
          connect.create(name, connector(TOPIC, file));
          double rate = GrowingFile.rate(file, records, connect.child());
          connect.delete(name);
          return tidied(bench, file, rate);
        });
  }

  /** One task of Connect's file sink, with its defaults. */
  static Map<String, String> connector(String topic, Path file) {
    return Map.of(
        "connector.class",
        "org.apache.kafka.connect.file.FileStreamSinkConnector",
        "tasks.max",
        "1",
        "topics",
        topic,
        "file",
        file.toString());
  }

  /** Whoever comes next begins with no page that is still to be written. */
  private static double tidied(Bench bench, Path file, double rate) throws Exception {
    Files.delete(file);
    bench.settle();
    return rate;
  }
}
