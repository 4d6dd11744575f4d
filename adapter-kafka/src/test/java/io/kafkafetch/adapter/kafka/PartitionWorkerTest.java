package io.kafkafetch.adapter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed to the worker of a partition, in which order it is done, and what is told. */
class PartitionWorkerTest {
  private static final SourcePartition SOURCE = new SourcePartition("orders", "id", 0);
  private static final Cause DISK_GONE = new Cause.Transient("the disk is gone");

  private final RecordingSinks sinks = new RecordingSinks();
  private final RecordingSinks.Recording sink = sinks.named("sink");
  private final CountDownLatch release = new CountDownLatch(1);
  private final News news = new News();
  private MemberDelivery member;
  private PartitionWorker worker;

  @BeforeEach
  void begun() {
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(List.of(sinks)),
            SecretReferences.none(),
            letter -> Optional.of(new Cause.Fatal("No dead letter is expected: " + letter)),
            new ProcessorEnvironment(Map.of(), InstantSource.system()),
            () -> 0.5);
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
    member = engine.open(new MemberSpec(Given.newId(), 1, 0, new ServerId("here"), spec));
    worker = new PartitionWorker(member.partition(SOURCE), news);
    worker.begin(new CommittedOffset(0, ""));
    await().until(() -> news.begun);
  }

  @AfterEach
  void letGo() throws InterruptedException {
    release.countDown();
    worker.retire();
    assertTrue(worker.awaitClosed(10_000));
    member.close();
  }

  /** The polling thread at its fastest: it has moved before the worker looks at what comes next. */
  private final class News implements PartitionWorker.Events {
    private volatile boolean begun;
    private volatile boolean broken;
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicInteger rewinds = new AtomicInteger();

    @Override
    public void begun(PartitionWorker of, Begin.At at) {
      begun = true;
    }

    @Override
    public void drained(PartitionWorker of) {
      // Nobody waits for room.
    }

    @Override
    public void rewound(PartitionWorker of, long position) {
      rewinds.incrementAndGet();
      of.resumeAt();
      deliver(position, 40);
    }

    @Override
    public void flushed(PartitionWorker of) {
      flushes.incrementAndGet();
    }

    @Override
    public void halted(PartitionWorker of, Cause cause) {
      broken = true;
    }

    @Override
    public void broken(PartitionWorker of, Throwable defect) {
      broken = true;
    }
  }

  private void deliver(long from, long to) {
    worker.deliver(TestBatch.numbers(SOURCE, from, to), to - from);
  }

  private static List<String> numbers(long to) {
    return LongStream.range(0, to).mapToObj(Long::toString).toList();
  }

  /** The sink stands still at a record, and does not take it when it is let go. */
  private void standStillAt(String value) {
    var once = new AtomicBoolean();
    sink.refusal =
        found -> {
          if (!found.equals(value) || once.getAndSet(true)) {
            return Optional.empty();
          }
          awaitRelease();
          return Optional.of(new Cause.Transient("busy"));
        };
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> durable() {
    return sink.durable().stream().map(RecordingSinks.Taken::value).toList();
  }

  @Test
  void whatWasReadBeforeARewindIsNotDeliveredAfterIt() {
    var lost = new AtomicBoolean();
    sink.flushing = () -> lost.getAndSet(true) ? Optional.empty() : Optional.of(DISK_GONE);
    standStillAt("5");
    deliver(0, 10);
    deliver(10, 20);
    worker.skipTo(30);

    // Record 5 is refused; the flush that follows says that 0 to 4 are lost.
    release.countDown();

    await().until(() -> worker.position() == 40);
    worker.flush();
    await().until(() -> worker.durablePosition() == 40);
    assertEquals(numbers(40), durable());
    assertEquals(1, news.rewinds.get());
  }

  @Test
  void aFlushThatWasAskedForIsAnsweredAlsoWhenThePositionMovesBack() {
    var lost = new AtomicBoolean();
    sink.flushing = () -> lost.getAndSet(true) ? Optional.empty() : Optional.of(DISK_GONE);
    standStillAt("5");
    deliver(0, 10);
    worker.flush();

    release.countDown();

    await().until(() -> news.rewinds.get() == 1 && news.flushes.get() == 1);
    await().until(() -> worker.position() == 40);
  }

  @Test
  void whatWaitsIsCountedUntilItIsDone() {
    standStillAt("0");
    deliver(0, 10);
    deliver(10, 25);
    await().until(() -> sink.calls().size() == 1);
    assertEquals(2, worker.queuedBatches());
    assertEquals(25, worker.queuedBytes());

    release.countDown();

    await().until(() -> worker.queuedBatches() == 0);
    assertEquals(0, worker.queuedBytes());
    assertEquals(numbers(25), sink.values());
  }

  @Test
  void aPartitionThatIsLetGoFinishesWhatItHasBegunAndNothingElse() throws InterruptedException {
    standStillAt("5");
    deliver(0, 10);
    deliver(10, 20);
    await().until(() -> sink.values().size() == 5);

    worker.retire();
    deliver(20, 30);
    release.countDown();

    assertTrue(worker.awaitClosed(10_000));
    assertEquals(5, worker.durablePosition());
    assertEquals(numbers(5), durable());
  }

  @Test
  void aClassThatAProcessorLacksIsTold() {
    sink.refusal =
        _ -> {
          throw new NoClassDefFoundError("com/example/Missing");
        };

    deliver(0, 10);

    await().until(() -> news.broken);
    assertEquals(0, worker.durablePosition());
  }

  @Test
  void whatWaitsForCompanyIsPassedOnWhenTheMembersShareIsFull() {
    var partition = new TopicPartition("orders", 0);
    var slot = new Slot(partition);
    slot.worker = worker;
    slot.stage = Slot.Stage.FLOWING;
    var plain = DeliveryPolicy.DEFAULT;
    var patient =
        new DeliveryPolicy(
            plain.maxBatchRecords(),
            plain.maxBatchBytes(),
            Duration.ofHours(1),
            plain.commitInterval(),
            plain.retry(),
            plain.deadLetter());
    var value = "0".getBytes(UTF_8);
    var record =
        new ConsumerRecord<>(
            "orders",
            0,
            0,
            0,
            TimestampType.CREATE_TIME,
            0,
            value.length,
            new byte[0],
            value,
            new RecordHeaders(),
            Optional.empty());
    slot.linger.take(slot, List.of(record), 1, patient, Given.NOON);
    assertEquals(0, worker.queuedBatches());

    try (var client = new MockConsumer<byte[], byte[]>("none")) {
      var flow =
          new Flow(
              client,
              new FetchBudget.Share(8),
              new FetchTurns(1, () -> Duration.ZERO).of(() -> {}));
      boolean full = flow.isFull(List.of(slot));
      slot.linger.dispatchWhenDue(slot, patient, Given.NOON, full);
    }

    await().until(() -> sink.values().equals(numbers(1)));
    assertEquals(0, slot.linger.heldBytes());
  }
}
