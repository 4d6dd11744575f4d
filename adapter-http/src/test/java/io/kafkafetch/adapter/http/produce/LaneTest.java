package io.kafkafetch.adapter.http.produce;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.driving.IdempotencyKey;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final OutgoingRecord RECORD =
      new OutgoingRecord("orders", OptionalInt.empty(), null, new byte[] {'1'}, List.of());

  private final ResultQueue results = new ResultQueue();
  private final Ways ways = new Ways();
  private final Lane lane = new Lane(ways, results);
  private final Thread settling =
      Thread.ofPlatform()
          .daemon()
          .unstarted(new Settler(results, new ResultLog(new ResultBudget())));
  private long line;
  private long readings;

  /** Keeps which way each record went, and acknowledges when told to. */
  private static final class Ways implements Producing {
    private final List<String> taken = new ArrayList<>();
    private final List<CompletableFuture<Receipt>> underWay = new ArrayList<>();

    private CompletableFuture<Receipt> take(String way) {
      taken.add(way);
      var receipt = new CompletableFuture<Receipt>();
      underWay.add(receipt);
      return receipt;
    }

    void acknowledge() {
      underWay.forEach(receipt -> receipt.complete(new Receipt(0, 0, 0)));
      underWay.clear();
    }

    @Override
    public CompletableFuture<Receipt> publish(OutgoingRecord record) {
      return take("at once");
    }

    @Override
    public CompletableFuture<Receipt> publishInBulk(OutgoingRecord record) {
      return take("in bulk");
    }

    @Override
    public List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records) {
      throw new AssertionError("Lines are sent one by one");
    }

    @Override
    public List<CompletableFuture<Receipt>> once(
        IdempotencyKey key, int records, Supplier<List<CompletableFuture<Receipt>>> send) {
      throw new AssertionError("A stream has no idempotency key");
    }
  }

  @BeforeEach
  void settle() {
    settling.start();
  }

  @AfterEach
  void end() {
    ways.acknowledge();
    results.end();
  }

  /** One reading that brings so many lines. */
  private void read(int lines) throws InterruptedException {
    results.handOver();
    readings++;
    for (int i = 0; i < lines; i++) {
      lane.choose(readings);
      results.reserve();
      results.add(new ResultQueue.Result("orders", ++line, lane.publish(RECORD)));
    }
  }

  /** Reads on another thread, and answers when that waits for something. */
  private Thread readAndWait() {
    var reading =
        Thread.ofPlatform()
            .start(() -> {
              try {
                read(1);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    await().until(() -> reading.getState() == Thread.State.WAITING);
    return reading;
  }

  private void givenLinesInBulk() throws InterruptedException {
    read(Lane.MANY);
    var reading = readAndWait();
    ways.acknowledge();
    reading.join();
  }

  private void acknowledgeAll() {
    ways.acknowledge();
    results.handOver();
    await().until(() -> results.unsettled() == 0);
  }

  @Test
  void aFewLinesGoAtOnce() throws Exception {
    read(Lane.MANY - 1);
    read(1);

    assertEquals("at once", ways.taken.getLast());
  }

  @Test
  void manyLinesGoInBulkOnceTheOnesBeforeAreAcknowledged() throws Exception {
    read(Lane.MANY);
    var reading = readAndWait();
    assertEquals(Lane.MANY, ways.taken.size());

    ways.acknowledge();
    reading.join();

    assertEquals(Lane.MANY + 1, ways.taken.size());
    assertEquals("in bulk", ways.taken.getLast());
  }

  @Test
  void linesStayInBulkWhileOneIsUnderWay() throws Exception {
    givenLinesInBulk();

    read(1);

    assertEquals("in bulk", ways.taken.getLast());
  }

  @Test
  void linesGoAtOnceAgainWhenNoneIsUnderWay() throws Exception {
    givenLinesInBulk();
    acknowledgeAll();

    read(1);

    assertEquals("at once", ways.taken.getLast());
  }

  @Test
  void whoWaitsForAcknowledgementsIsLetGoWhenNobodySettlesAnyMore() throws Exception {
    read(Lane.MANY);
    var reading = readAndWait();

    results.abandon();

    reading.join();
    assertEquals(Lane.MANY + 1, ways.taken.size());
  }
}
