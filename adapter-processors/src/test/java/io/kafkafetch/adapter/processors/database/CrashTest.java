package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import io.kafkafetch.embedded.FaultProxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record exactly once, whatever is killed. */
class CrashTest {
  private static final int RECORDS = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"append", "upsert"})
  void everyRecordIsThereOnceAlthoughPostgresIsKilledThreeTimes(String mode) throws Exception {
    try (var server = EmbeddedPostgreSql.forTests();
        var database = Database.on(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var config = database.config("mode", mode);
      var reached = new AtomicLong();
      var pump = threads.submit(() -> pump(database, config, reached));
      for (long kill : new long[] {1500, 4000, 7000}) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> reached.get() > kill);
        server.kill();
        server.restart();
      }
      pump.get();

      assertEquals(everyRecordOnce(), contents(database));
    }
  }

  @Test
  void everyRecordIsThereOnceAlthoughTheNetworkIsCutTwentyTimes() throws Exception {
    var server = EmbeddedPostgreSql.shared();
    try (var database = Database.on(server);
        var proxy = FaultProxy.to(server.host(), server.port());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var config =
          database
              .config()
              .with("db_dsn", database.dsn().replace(":" + server.port(), ":" + proxy.port()));
      var reached = new AtomicLong();
      var pump = threads.submit(() -> pump(database, config, reached));
      for (int cut = 1; cut <= 20; cut++) {
        long goal = cut * 450L;
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofSeconds(60))
            .until(() -> reached.get() > goal);
        proxy.cut();
      }
      pump.get();

      assertEquals(everyRecordOnce(), contents(database));
    }
  }

  @Test
  void aCommitWhoseAnswerWasLostIsNotRepeated() throws Exception {
    var server = EmbeddedPostgreSql.shared();
    try (var database = Database.on(server);
        var proxy = FaultProxy.to(server.host(), server.port());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var config =
          database
              .config()
              .with("db_dsn", database.dsn().replace(":" + server.port(), ":" + proxy.port()));
      var sink = database.sink(config, ORDERS);
      assertEquals(Outcome.DELIVERED, sink.deliver(Records.numbered(ORDERS, 0, 10)));
      // The table's rows appear while the answer to the commit is on its way.
      proxy.delay(FaultProxy.Direction.TO_CLIENT, Duration.ofMillis(300));
      var outcome = threads.submit(() -> sink.deliver(Records.numbered(ORDERS, 10, 20)));
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> database.value("select count(*) from orders").equals("20"));
      proxy.cut();
      proxy.heal();
      assertEquals(Outcome.Stopped.class, outcome.get().getClass());

      assertEquals(Outcome.DELIVERED, sink.deliver(Records.numbered(ORDERS, 10, 25)));

      assertEquals(
          "25|25", database.value("select count(*), count(distinct \"offset\") from orders"));
    }
  }

  /** An engine in small: batches of changing size; after trouble again, or with a new sink. */
  private static boolean pump(Database database, ProcessorConfig config, AtomicLong reached) {
    var random = new Random(3);
    var sink = opened(database, config);
    long next = 0;
    while (next < RECORDS) {
      long to = Math.min(RECORDS, next + 1 + random.nextInt(60));
      switch (sink.deliver(Records.numbered(ORDERS, next, to))) {
        case Outcome.Delivered _ -> {
          next = to;
          reached.set(next);
        }
        case Outcome.Stopped(int delivered, var _) -> {
          next += delivered;
          Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
          if (random.nextInt(4) == 0) {
            sink.close();
            sink = opened(database, config);
          }
        }
      }
    }
    return true;
  }

  /** Opens a sink that is given everything again from the start, as after a lost commit. */
  private static PartitionSink opened(Database database, ProcessorConfig config) {
    var sink =
        Awaitility.await()
            .ignoreExceptionsMatching(AssertionError.class::isInstance)
            .atMost(Duration.ofSeconds(60))
            .until(() -> database.open(config, ORDERS), opened -> true);
    sink.begin(new Progress(0, 0));
    return sink;
  }

  private static String everyRecordOnce() {
    return RECORDS + "|" + RECORDS + "|0|" + (RECORDS - 1) + "|" + RECORDS;
  }

  private static String contents(Database database) {
    return database.value(
        "select count(*), count(distinct (value->>'n')), min(\"offset\"), max(\"offset\"),"
            + " (select next_offset from kafkafetch_progress) from orders");
  }
}
