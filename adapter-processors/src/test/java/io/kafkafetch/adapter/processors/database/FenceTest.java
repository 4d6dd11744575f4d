package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Two sinks that both believe to own a partition. */
class FenceTest {
  private final Database database = Database.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aStalledMemberThatWakesUpWritesOnlyWhatNobodyHasWritten() {
    var stalled = sink(0, 0);
    delivered(stalled, 0, 100);
    var owner = sink(0, 100);
    delivered(owner, 100, 200);

    delivered(stalled, 100, 150);
    delivered(stalled, 150, 250);
    delivered(owner, 200, 300);

    assertEquals("300|300|300", counts());
  }

  @Test
  void aMemberFromBeforeAReplayWritesNothingAndSaysWhy() {
    var zombie = sink(0, 0);
    delivered(zombie, 0, 100);
    var replay = sink(1, 0);
    delivered(replay, 0, 10);

    var stopped =
        assertInstanceOf(Outcome.Stopped.class, zombie.deliver(Records.numbered(ORDERS, 100, 200)));

    assertEquals(0, stopped.delivered());
    var cause = assertInstanceOf(Cause.Transient.class, stopped.cause());
    assertTrue(cause.reason().contains("generation 1"), cause.reason());
    assertEquals("100", database.value("select count(*) from orders"));
    assertEquals("1|10", database.value("select generation, next_offset from kafkafetch_progress"));
    zombie.skipTo(300);
    assertInstanceOf(Cause.Transient.class, zombie.flush().orElseThrow());
    assertEquals("1|10", database.value("select generation, next_offset from kafkafetch_progress"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"append", "upsert"})
  void twoMembersThatRaceWriteEveryRecordOnce(String mode) throws Exception {
    var config = database.config("mode", mode);
    var one = database.open(config, ORDERS);
    var other = database.open(config, ORDERS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(race(one, 1));
      var second = threads.submit(race(other, 2));
      first.get();
      second.get();
    }

    assertEquals("3000|3000|3000", counts());
  }

  private static Callable<Boolean> race(PartitionSink sink, long seed) {
    return () -> {
      sink.begin(new Progress(0, 0));
      var random = new Random(seed);
      long from = 0;
      while (from < 3000) {
        long to = Math.min(3000, from + 1 + random.nextInt(40));
        if (sink.deliver(Records.numbered(ORDERS, from, to)) instanceof Outcome.Delivered) {
          from = to;
        } else {
          return false;
        }
      }
      return true;
    };
  }

  @Test
  void aDatabaseThatLostWhatItHadConfirmedIsReportedWithTheOffsetToGoBackTo() {
    var sink = sink(0, 0);
    delivered(sink, 0, 100);
    database.execute("delete from orders where \"offset\" >= 60");
    database.execute("update kafkafetch_progress set next_offset = 60");

    var stopped =
        assertInstanceOf(Outcome.Stopped.class, sink.deliver(Records.numbered(ORDERS, 100, 110)));

    var cause = assertInstanceOf(Cause.Fatal.class, stopped.cause());
    assertTrue(cause.reason().contains("Reset the group's offset to 60"), cause.reason());
    assertEquals("60", database.value("select count(*) from orders"));
  }

  @Test
  void aMemberThatStallsInTheMiddleOfACopyDoesNotHoldUpWhoeverTookOver() throws Exception {
    var owner = sink(0, 0);
    delivered(owner, 0, 100);
    try (var stalled = database.connect();
        var statement = stalled.createStatement()) {
      stalled.setAutoCommit(false);
      statement.execute("update kafkafetch_progress set next_offset = 200");
      var copy =
          stalled.unwrap(PGConnection.class).getCopyAPI().copyIn("copy orders (value) from stdin");
      copy.writeToCopy(new byte[] {'1'}, 0, 1);
      copy.flushCopy();

      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () -> owner.deliver(Records.numbered(ORDERS, 100, 200)) instanceof Outcome.Delivered);

      assertThrows(SQLException.class, copy::endCopy);
      stalled.abort(Runnable::run);
    }
    assertEquals("200|200|200", counts());
  }

  private PartitionSink sink(long generation, long offset) {
    var sink = database.open(database.config(), ORDERS);
    sink.begin(new Progress(generation, offset));
    return sink;
  }

  private static void delivered(PartitionSink sink, long from, long to) {
    assertEquals(Outcome.DELIVERED, sink.deliver(Records.numbered(ORDERS, from, to)));
  }

  private String counts() {
    return database.value(
        "select count(*), count(distinct \"offset\"), (select next_offset from"
            + " kafkafetch_progress) from orders");
  }
}
