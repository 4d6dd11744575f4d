package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Records.NOON;
import static io.kafkafetch.adapter.processors.database.Records.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mode upsert: a row for each key. */
class UpsertTest {
  private final Database database = Database.fresh();
  private final ProcessorConfig config = database.config("mode", "upsert");
  private final PartitionSink sink = database.sink(config, ORDERS);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestValueOfAKeyIsKeptWithWhereItCameFrom() {
    deliver(Records.from(ORDERS, 0).add("a", "1").add("b", "2").add("a", "3").build());
    deliver(Records.from(ORDERS, 3).add("b", "4").add("c", "5").add("b", "6").build());

    assertEquals(List.of("a|3|2", "b|6|5", "c|5|4"), rows());
  }

  @Test
  void aTombstoneDeletesTheKeyAndANewValueBringsItBack() {
    deliver(Records.from(ORDERS, 0).add("a", "1").add("b", "2").build());
    deliver(Records.from(ORDERS, 2).add("a", null).build());
    assertEquals(List.of("b|2|1"), rows());
    assertEquals(List.of("a|2"), deleted());

    deliver(Records.from(ORDERS, 3).add("a", "9").build());

    assertEquals(List.of("a|9|3", "b|2|1"), rows());
    assertEquals(List.of(), deleted());
  }

  @Test
  void aKeyThatIsDeletedAndWrittenWithinABatchEndsAsTheLastRecordSays() {
    deliver(
        Records.from(ORDERS, 0).add("a", "1").add("a", null).add("b", null).add("b", "2").build());

    assertEquals(List.of("b|2|3"), rows());
    assertEquals(List.of("a|1"), deleted());
  }

  @Test
  void aReplayOfOldRecordsChangesNothing() {
    deliver(
        Records.from(ORDERS, 0).add("a", "1").add("b", "1").add("a", "2").add("b", null).build());

    var replay = database.open(config, ORDERS);
    replay.begin(new Progress(1, 0));
    assertEquals(
        Outcome.DELIVERED,
        replay.deliver(Records.from(ORDERS, 0).add("a", "1").add("b", "1").build()));
    assertEquals(List.of("a|2|2"), rows());
    assertEquals(List.of("b|3"), deleted());

    assertEquals(
        Outcome.DELIVERED,
        replay.deliver(Records.from(ORDERS, 2).add("a", "2").add("b", null).add("b", "7").build()));
    assertEquals(List.of("a|2|2", "b|7|4"), rows());
  }

  @Test
  void anOlderTombstoneDoesNotDeleteANewerRow() {
    deliver(Records.from(ORDERS, 0).add("a", null).add("a", "2").build());

    assertEquals(Outcome.DELIVERED, sink.redeliver(Records.from(ORDERS, 0).add("a", null).build()));

    assertEquals(List.of("a|2|1"), rows());
    assertEquals(List.of(), deleted());
  }

  @Test
  void aRedeliveredRecordIsTakenOnlyWhereItIsNewerThanWhatTheKeyHas() {
    deliver(Records.from(ORDERS, 5).add("a", "5").add("b", "6").add("b", null).build());

    assertEquals(
        Outcome.DELIVERED,
        sink.redeliver(Records.from(ORDERS, 1).add("a", "1").add("b", "1").add("c", "1").build()));

    assertEquals(List.of("a|5|5", "c|1|3"), rows());
    assertEquals(List.of("b|7"), deleted());
  }

  @Test
  void aRedeliveredRecordOfAnotherPartitionIsTakenOnlyIfItIsNotOlderByItsTimestamp() {
    deliver(Records.from(ORDERS, 5).add("a", "5").add("b", "6").build());
    var other = Records.orders(1);
    var redrive = database.sink(config, other);

    redrive.redeliver(single(other, NOON, "a"));
    redrive.redeliver(single(other, NOON + 1000, "b"));

    assertEquals(List.of("a|5|5", "b|\"again\"|0"), rows());
  }

  @Test
  void aKeyThatMovedToAnotherPartitionIsOverwritten() {
    deliver(Records.from(ORDERS, 5).add("a", "5").add("b", "5").add("b", null).build());
    var other = Records.orders(1);

    var sinkOfOther = database.sink(config, other);
    sinkOfOther.deliver(Records.from(other, 0).add("a", "0").add("b", "0").build());

    assertEquals(List.of("a|0|0", "b|0|1"), rows());
    assertEquals(List.of(), deleted());
  }

  @Test
  void aTopicThatWasMadeAnewOverwritesWhatTheOldOneLeft() {
    deliver(Records.from(ORDERS, 5).add("a", "5").add("b", "5").build());
    var anew = new SourcePartition("orders", "second-incarnation", 0);

    database.sink(config, anew).deliver(Records.from(anew, 0).add("a", "0").build());

    assertEquals(List.of("a|0|0", "b|5|6"), rows());
  }

  @Test
  void aRecordWithoutAKeyIsPoisonAloneAndWhatIsBeforeItIsWritten() {
    var outcome =
        sink.deliver(
            Records.from(ORDERS, 0)
                .add("a", "1")
                .add("b", "2")
                .add(null, "3")
                .add("d", "4")
                .build());

    var stopped = assertInstanceOf(Outcome.Stopped.class, outcome);
    assertEquals(2, stopped.delivered());
    assertEquals(1, assertInstanceOf(Cause.Poison.class, stopped.cause()).suspects());
    assertEquals(List.of("a|1|0", "b|2|1"), rows());
    assertEquals("2", database.value("select next_offset from kafkafetch_progress"));
  }

  @Test
  void aKeyThatNoIndexCanHoldIsPoisonAlone() {
    var outcome =
        sink.deliver(Records.from(ORDERS, 0).add("a", "1").add("x".repeat(3000), "2").build());

    var stopped = assertInstanceOf(Outcome.Stopped.class, outcome);
    assertEquals(1, stopped.delivered());
    assertInstanceOf(Cause.Poison.class, stopped.cause());
  }

  @Test
  void theLongestKeyThatIsTakenFitsTheIndexEvenIfItCannotBeCompressed() {
    var key = new byte[2600];
    new java.util.Random(7).nextBytes(key);

    deliver(Records.from(ORDERS, 0).add(key, "1".getBytes(UTF_8)).build());

    assertEquals("2600", database.value("select length(key) from orders"));
  }

  @Test
  void newKeysAndKnownOnesInAnyMixtureEndAsTheLastRecordOfEachKeySays() {
    var random = new java.util.Random(11);
    var expected = new java.util.TreeMap<String, String>();
    long offset = 0;
    for (int batch = 0; batch < 60; batch++) {
      var records = Records.from(ORDERS, offset);
      int keys = batch % 3 == 0 ? 10_000 : 40;
      for (int i = 0; i < 50; i++, offset++) {
        var key = "k" + random.nextInt(keys);
        boolean tombstone = random.nextInt(6) == 0;
        records.add(key, tombstone ? null : Long.toString(offset));
        if (tombstone) {
          expected.remove(key);
        } else {
          expected.put(key, key + "|" + offset + "|" + offset);
        }
      }
      deliver(records.build());
    }

    assertEquals(List.copyOf(expected.values()), rows());
    assertEquals(
        "0", database.value("select count(*) from orders_tombstones join orders using (key)"));
  }

  private void deliver(RecordBatch batch) {
    assertEquals(Outcome.DELIVERED, sink.deliver(batch));
  }

  private static Records single(SourcePartition source, long timestamp, String key) {
    return Records.from(source, 0)
        .add(timestamp, key.getBytes(UTF_8), "\"again\"".getBytes(UTF_8), List.of())
        .build();
  }

  private List<String> rows() {
    return database.rows(
        "select convert_from(key, 'UTF8') collate \"C\" as k, value, \"offset\" from orders"
            + " order by k");
  }

  private List<String> deleted() {
    return database.rows(
        "select convert_from(key, 'UTF8') as k, \"offset\" from orders_tombstones order by k");
  }
}
