package io.kafkafetch.benchmarks.question;

import io.kafkafetch.benchmarks.Bench;
import io.kafkafetch.benchmarks.load.Topics;
import io.kafkafetch.benchmarks.process.ServerProcess;
import io.kafkafetch.benchmarks.run.Comparison;
import io.kafkafetch.benchmarks.run.Comparison.Kind;
import io.kafkafetch.benchmarks.run.Contestant;
import io.kafkafetch.benchmarks.run.Report;
import io.kafkafetch.benchmarks.run.Role;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How fast the API answers when much is stored. */
final class Management implements Question {
  private static final String UNIT = "ms";
  private static final String TOPIC = "orders";
  private static final int STORED = 10_000;
  private static final int GROUPS = 1_000;
  private static final int FEW_GROUPS = 100;
  private static final int WRITERS = 16;
  private static final int READS = 200;
  private static final int STARTS = 20;
  private static final int LAGS = 15;
  private static final String PAGE = "a page of 100 consumers";
  private static final String GET = "one consumer";
  private static final String START = "start a consumer";
  private static final String FEW = "lag of 100 groups";
  private static final String MANY = "lag of 1,000 groups";

  @Override
  public String name() {
    return "management";
  }

  @Override
  public String asks() {
    return "how fast the API answers when much is stored";
  }

  @Override
  public Report answer(Bench bench) throws Exception {
    var kafka = bench.kafka();
    Topics.load(kafka.bootstrapServers(), TOPIC, 60_000);
    bench.progress().say("Committing for %,d groups".formatted(GROUPS));
    commit(kafka);
    var server = bench.server(kafka, bench.postgres());
    bench.progress().say("Storing %,d consumers".formatted(STORED));
    var ids = store(server);
    var series =
        bench.rounds(
            List.of(
                timed(PAGE, server, READS, _ -> server.http().get("/consumers?limit=100")),
                timed(
                    GET,
                    server,
                    READS,
                    number -> server.http().get("/consumers/" + ids.get(number * 7))),
                starts(server, ids),
                timed(FEW, server, LAGS, _ -> server.http().get(lagOf(FEW_GROUPS))),
                timed(MANY, server, LAGS, _ -> server.http().get(lagOf(GROUPS)))));
    return new Report(
        name(),
        List.of(
            "%,d stored consumers; groups with commits in 6 partitions each".formatted(STORED),
            "medians of %d reads, %d starts and %d questions for lag a round, one after the other"
                .formatted(READS, STARTS, LAGS)),
        series,
        List.of(
            new Comparison(PAGE, PAGE, Kind.LIMIT, 10),
            new Comparison(GET, GET, Kind.LIMIT, 10),
            new Comparison(START, START, Kind.LIMIT, 10),
            new Comparison(MANY, FEW, Kind.AT_MOST, 15),
            new Comparison(MANY, MANY, Kind.LIMIT, 50)));
  }

  private static Contestant timed(String name, ServerProcess server, int times, Timing.Work work) {
    return new Contestant(name, Role.OURS, UNIT, server.child(), _ -> Timing.median(times, work));
  }

  private static Contestant starts(ServerProcess server, List<String> ids) {
    return new Contestant(
        START,
        Role.OURS,
        UNIT,
        server.child(),
        round -> {
          double median =
              Timing.median(
                  STARTS,
                  number ->
                      server
                          .http()
                          .post("/consumers/" + ids.get(round * STARTS + number) + "/start", ""));
          for (int i = 0; i < STARTS; i++) {
            server.http().post("/consumers/" + ids.get(round * STARTS + i) + "/stop", "");
          }
          return median;
        });
  }

  private static String lagOf(int groups) {
    return IntStream.range(0, groups)
        .mapToObj(number -> "group_id=g" + number)
        .collect(Collectors.joining("&", "/monitor/lag?", ""));
  }

  private static List<String> store(ServerProcess server) throws Exception {
    var ids = new ArrayList<Future<String>>();
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < STORED; i++) {
        int number = i;
        ids.add(writers.submit(() -> create(server, number)));
      }
    }
    var stored = new ArrayList<String>();
    for (var id : ids) {
      stored.add(id.get());
    }
    return stored;
  }

  private static String create(ServerProcess server, int number) throws Exception {
    return server.define(
        TOPIC,
        "stored-" + number,
        "file_sink",
        "{\"file_path\": \"" + server.folder().resolve("stored-" + number) + "\"}");
  }

  private static void commit(EmbeddedKafka kafka) throws Exception {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
      offsets.put(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(1));
    }
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      var commits =
          IntStream.range(0, GROUPS)
              .mapToObj(number -> admin.alterConsumerGroupOffsets("g" + number, offsets).all())
              .toList();
      for (var commit : commits) {
        commit.get();
      }
    }
  }
}
