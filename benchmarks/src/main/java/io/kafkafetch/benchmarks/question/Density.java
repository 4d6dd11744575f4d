package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Records;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.ServerProcess;
import io.kafkafetch.benchmarks.process.Usage;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import io.kafkafetch.benchmarks.run.Series;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.common.GroupState;

/** How many consumers one process carries. */
final class Density implements Question {
  private static final int IDLE = 1_000;
  private static final int MANY = 200;
  private static final int FEW = 10;
  private static final int CALLERS = 16;
  private static final String CPU = "1,000 idle consumers in 512 MiB, CPU of one core";
  private static final String THREADS = "1,000 idle consumers in 512 MiB, threads each";
  private static final String BACKLOG_FEW = "10 backlogged consumers in 1 GiB";
  private static final String BACKLOG_MANY = "200 backlogged consumers in 1 GiB";
  private static final long LIMIT_NANOS = 120_000_000_000L;

  @Override
  public String name() {
    return "density";
  }

  @Override
  public String asks() {
    return "how many consumers one process carries";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    int each = bench.options().records(100_000, 10_000);
    var kafka = bench.kafka();
    var postgres = bench.postgres();
    var bootstrap = kafka.bootstrapServers();
    Topics.create(bootstrap, 1, List.of("idle"));
    bench.progress().say("Loading the backlogs");
    Topics.load(bootstrap, "backlog" + MANY, each);
    Topics.load(bootstrap, "backlog" + FEW, each * (MANY / FEW));
    var series = new ArrayList<Series>();
    series.addAll(idle(bench, kafka, postgres));
    series.addAll(backlogged(bench, kafka, postgres, each));
    return new Report(
        name(),
        List.of(
            "idle: 1,000 consumers with a group each on a topic of one partition",
            "backlogged: %,d MiB in all, 6 partitions each, into a file each; the clock begins with the first line"
                .formatted(((long) each * MANY * Records.SIZE) >> 20)),
        series,
        List.of(
            new Comparison(CPU, CPU, Kind.LIMIT, 15),
            new Comparison(THREADS, THREADS, Kind.LIMIT, 2),
            new Comparison(BACKLOG_MANY, BACKLOG_FEW, Kind.AT_LEAST, 1)));
  }

  private static List<Series> idle(Bench bench, EmbeddedKafka kafka, EmbeddedPostgreSql postgres)
      throws Exception {
    try (var server = bench.server(kafka, postgres, true, "-Xmx512m")) {
      long before = server.child().threads();
      bench.progress().say("Starting %,d consumers".formatted(IDLE));
      var ids = new ArrayList<String>();
      for (int i = 0; i < IDLE; i++) {
        ids.add(server.consume("idle", "idle-" + i, "file_sink", file(server, "idle-" + i)));
      }
      awaitStable(kafka, server, bench.options().quick() ? 20 : 60);
      int seconds = bench.options().quick() ? 8 : 15;
      var series =
          bench.rounds(
              List.of(
                  new Contestant(
                      CPU, Role.OURS, "%", server.child(), _ -> cpu(server.child(), seconds)),
                  new Contestant(
                      THREADS,
                      Role.OURS,
                      "threads",
                      server.child(),
                      _ -> (server.child().threads() - before) / (double) IDLE)));
      for (var id : ids) {
        server.discard(id);
      }
      return series;
    }
  }

  private static double cpu(Usage process, int seconds) throws InterruptedException {
    var before = process.cpu();
    Thread.sleep(seconds * 1_000L);
    return process.cpu().minus(before).toMillis() / 10.0 / seconds;
  }

  private static void awaitStable(EmbeddedKafka kafka, ServerProcess server, int settleSeconds)
      throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var stable = new ListGroupsOptions().inGroupStates(Set.of(GroupState.STABLE));
      int there = 0;
      while (there < IDLE) {
        there = admin.listGroups(stable).all().get().size();
        server.child().requireAlive();
        if (System.nanoTime() > deadline) {
          throw new IOException("Only " + there + " of " + IDLE + " groups are stable");
        }
        Thread.sleep(200);
      }
    }
    // What they did to get there, and compiling it, is not what they do when they are idle.
    Thread.sleep(settleSeconds * 1_000L);
  }

  private static List<Series> backlogged(
      Bench bench, EmbeddedKafka kafka, EmbeddedPostgreSql postgres, int each) throws Exception {
    try (var server = bench.server(kafka, postgres, true, "-Xmx1g")) {
      return bench.rounds(
          List.of(
              new Contestant(
                  BACKLOG_FEW,
                  Role.LIMIT,
                  "records/s",
                  server.child(),
                  round -> drain(bench, server, FEW, each * (MANY / FEW), round)),
              new Contestant(
                  BACKLOG_MANY,
                  Role.OURS,
                  "records/s",
                  server.child(),
                  round -> drain(bench, server, MANY, each, round))));
    }
  }

  private static double drain(
      Bench bench, ServerProcess server, int consumers, int records, int round) throws Exception {
    var ids = new ArrayList<String>();
    var files = new GrowingFiles();
    for (int i = 0; i < consumers; i++) {
      var name = "drain" + consumers + "-" + round + "-" + i;
      ids.add(server.define("backlog" + consumers, name, "file_sink", file(server, name)));
      files.add(server.folder().resolve(name));
    }
    start(server, ids);
    double rate = files.rate(records, server.child());
    for (var id : ids) {
      server.discard(id);
    }
    files.delete();
    bench.settle();
    return rate;
  }

  /** Several at once: what is measured is not how fast one caller can ask. */
  private static void start(ServerProcess server, List<String> ids) throws Exception {
    var starts = new ArrayList<Future<?>>();
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (var id : ids) {
        starts.add(callers.submit(() -> server.http().post("/consumers/" + id + "/start", "")));
      }
    }
    for (var start : starts) {
      start.get();
    }
  }

  private static String file(ServerProcess server, String name) {
    return "{\"file_path\": \"" + server.folder().resolve(name) + "\"}";
  }
}
