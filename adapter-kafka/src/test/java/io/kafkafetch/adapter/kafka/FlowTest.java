package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.contract.RecordingSinks;
import io.kafkafetch.application.contract.TestBatch;
import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When partitions are paused, resumed, and when polling is put off instead. */
class FlowTest {
  private static final Instant NOON = Given.NOON;
  private static final Instant A_SLICE_LATER = NOON.plus(FetchTurns.SLICE);
  private static final Instant AFTER_THE_HOLD = NOON.plus(Flow.HOLD);

  private final RecordingSinks sinks = new RecordingSinks();
  private final CountDownLatch release = new CountDownLatch(1);
  private final MockConsumer<byte[], byte[]> client = new MockConsumer<>("none");
  private final FetchTurns turns = new FetchTurns(1, FlowTest::busy);
  private final FetchTurns.Turn another = turns.of(() -> {});
  private final Flow flow = new Flow(client, new FetchBudget.Share(1 << 20), turns.of(() -> {}));
  private MemberDelivery member;
  private Slot busy;
  private Slot other;

  @BeforeEach
  void oneWorkerHasEnoughAndTheOtherHasNothing() {
    sinks.named("sink").refusal = _ -> awaitRelease();
    var plain = Given.spec("orders", "billing");
    var spec =
        new ConsumerSpec(
            plain.cluster(),
            plain.topic(),
            plain.group(),
            List.of(RecordingSinks.processor("sink")),
            1,
            plain.offsetReset(),
            plain.delivery());
    member =
        new DeliveryEngine(
                new ProcessorTypes(List.of(sinks)),
                SecretReferences.none(),
                letter -> Optional.of(new Cause.Fatal("No dead letter is expected: " + letter)),
                new ProcessorEnvironment(Map.of(), InstantSource.system()),
                () -> 0.5)
            .open(new MemberSpec(Given.newId(), 1, 0, new ServerId("here"), spec));
    busy = flowing(0);
    other = flowing(1);
    client.assign(List.of(busy.partition, other.partition));
    for (int batch = 0; batch < 4; batch++) {
      busy.openWorker().deliver(TestBatch.numbers(source(0), 10L * batch, 10L * batch + 10), 10);
    }
  }

  @AfterEach
  void letGo() throws InterruptedException {
    release.countDown();
    for (var slot : List.of(busy, other)) {
      slot.openWorker().retire();
      assertTrue(slot.openWorker().awaitClosed(10_000));
    }
    member.close();
    client.close();
  }

  private static final Duration A_LOT = Duration.ofHours(1);
  private static Duration used = Duration.ZERO;

  /** The processors have no time for more. */
  private static Duration busy() {
    used = used.plus(A_LOT);
    return used;
  }

  private Optional<Cause> awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static SourcePartition source(int partition) {
    return new SourcePartition("orders", "id", partition);
  }

  private Slot flowing(int partition) {
    var slot = new Slot(new TopicPartition("orders", partition));
    var worker = new PartitionWorker(member.partition(source(partition)), new Unheard());
    worker.begin(new CommittedOffset(0, ""));
    await().until(() -> worker.durablePosition() == 0);
    slot.worker = worker;
    slot.stage = Slot.Stage.FLOWING;
    slot.paused = false;
    return slot;
  }

  private Duration regulate(Instant now) {
    return flow.regulate(List.of(busy, other), now);
  }

  @Test
  void besideAPartitionThatHasNothingNewPollingIsPutOff() {
    other.remaining = 0;

    assertEquals(Flow.STUCK, regulate(NOON));
    assertEquals(Flow.HOLD.minus(Flow.STUCK), regulate(NOON.plus(Flow.STUCK)));

    assertEquals(Set.of(), client.paused());
  }

  @Test
  void aWorkerThatDoesNotMoveIsPausedAfterAWhile() {
    other.remaining = 0;
    regulate(NOON);

    assertEquals(Duration.ZERO, regulate(AFTER_THE_HOLD));

    assertEquals(Set.of(busy.partition), client.paused());
  }

  @Test
  void besideAPartitionThatHasMoreItIsPausedAtOnce() {
    other.remaining = 1_000;

    assertEquals(Duration.ZERO, regulate(NOON));

    assertEquals(Set.of(busy.partition), client.paused());
  }

  @Test
  void aPartitionOfWhichNothingIsKnownYetIsPolled() {
    assertEquals(Duration.ZERO, regulate(NOON));
  }

  @Test
  void withRoomAgainItIsResumedAndPolled() {
    other.remaining = 0;
    regulate(NOON);
    regulate(AFTER_THE_HOLD);
    release.countDown();
    await().until(() -> busy.openWorker().queuedBatches() == 0);

    assertEquals(Duration.ZERO, regulate(AFTER_THE_HOLD));

    assertFalse(busy.paused);
    assertEquals(Set.of(), client.paused());
  }

  @Test
  void whoIsFarBehindFetchesNothingUntilItsTurnComes() {
    another.take(NOON);
    other.remaining = Flow.FAR_BEHIND + 1;

    assertEquals(Duration.ZERO, regulate(NOON));

    assertTrue(flow.isAwaitingTurn());
    assertEquals(Set.of(busy.partition, other.partition), client.paused());
  }

  @Test
  void whenItsTurnComesItFetchesAgain() {
    another.take(NOON);
    other.remaining = Flow.FAR_BEHIND + 1;
    regulate(NOON);

    another.giveBack(NOON);
    regulate(NOON);

    assertFalse(flow.isAwaitingTurn());
    assertEquals(Set.of(busy.partition), client.paused());
  }

  @Test
  void whoKeepsUpWaitsForNobody() {
    another.take(NOON);
    other.remaining = Flow.FAR_BEHIND;

    regulate(NOON);

    assertFalse(flow.isAwaitingTurn());
    assertEquals(Set.of(busy.partition), client.paused());
  }

  @Test
  void whoseSinkDoesNotMoveLetsAnotherFetch() {
    other.remaining = Flow.FAR_BEHIND + 1;
    regulate(NOON);
    assertFalse(another.take(NOON));
    other.remaining = 0;

    assertEquals(Flow.STUCK, regulate(NOON));
    assertEquals(Flow.HOLD.minus(Flow.STUCK), regulate(NOON.plus(Flow.STUCK)));

    assertTrue(another.take(NOON.plus(Flow.STUCK)));
  }

  @Test
  void whoseTurnBringsNothingFetchesWithoutOne() {
    itsTurnBringsNothing();

    assertFalse(flow.isAwaitingTurn());
    assertTrue(another.take(A_SLICE_LATER));
  }

  @Test
  void onceSomethingComesItTakesTurnsAgain() {
    itsTurnBringsNothing();
    another.take(A_SLICE_LATER);

    flow.fetched();
    regulate(A_SLICE_LATER);

    assertTrue(flow.isAwaitingTurn());
  }

  private void itsTurnBringsNothing() {
    // In turn a new one and one that goes on are given a turn: so another is next after this.
    another.take(NOON);
    another.giveBack(NOON);
    other.remaining = Flow.FAR_BEHIND + 1;
    regulate(NOON);
    assertFalse(another.take(NOON));
    regulate(A_SLICE_LATER);
  }

  /** The polling thread is the test itself. */
  private static final class Unheard implements PartitionWorker.Events {
    @Override
    public void begun(PartitionWorker worker, Begin.At at) {}

    @Override
    public void drained(PartitionWorker worker) {}

    @Override
    public void rewound(PartitionWorker worker, long position) {
      throw new AssertionError("Nothing is lost here");
    }

    @Override
    public void flushed(PartitionWorker worker) {}

    @Override
    public void halted(PartitionWorker worker, Cause cause) {
      throw new AssertionError(cause.reason());
    }

    @Override
    public void broken(PartitionWorker worker, Throwable defect) {
      throw new AssertionError(defect);
    }
  }
}
