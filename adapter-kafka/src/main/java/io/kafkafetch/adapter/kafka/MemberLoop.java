package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a {@code KafkaConsumer}: it polls, pauses, resumes and commits, and
 * never waits for a sink, but for 5 s when partitions are taken from it.
 */
final class MemberLoop implements SlotOpening.Owner, ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);

  /** How long a revocation waits for deliveries under way (design.md). */
  private static final Duration REVOCATION_WAIT = Duration.ofSeconds(5);

  /** An idle member looks around this often. */
  private static final Duration IDLE_POLL = Duration.ofSeconds(1);

  private final MemberSpec spec;
  private final Consumer<byte[], byte[]> consumer;
  private final Mailbox mailbox;
  private final MemberHealth health;
  private final InstantSource clock;
  private final Commits commits;
  private final SlotOpening opening;
  private final TopicWatch watch;
  private final OutOfRange outOfRange;
  private final Flow flow;
  private final CoordinatorContact contact;
  private final Counts counts;
  private final Map<TopicPartition, Slot> slots = new HashMap<>();

  private volatile Duration commitInterval;
  private Instant nextCommit;
  private Optional<Cause> ended = Optional.empty();

  /** What the loop counts; read by reports. */
  static final class Counts {
    final LongAdder records = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder commits = new LongAdder();
    final LongAdder rebalances = new LongAdder();
  }

  MemberLoop(
      MemberSpec spec,
      Consumer<byte[], byte[]> consumer,
      MemberDelivery delivery,
      Supplier<Admin> admin,
      Mailbox mailbox,
      MemberHealth health,
      Counts counts,
      InstantSource clock) {
    this.spec = spec;
    this.consumer = consumer;
    this.mailbox = mailbox;
    this.health = health;
    this.counts = counts;
    this.clock = clock;
    commits = new Commits(consumer, counts.commits, this::commitFailed);
    opening = new SlotOpening(spec.spec(), delivery, admin, mailbox, commits, clock, this);
    watch = new TopicWatch(spec.spec().topic().value(), admin, mailbox, this::sighted);
    outOfRange = new OutOfRange(spec.spec(), admin, mailbox, opening, this);
    flow = new Flow(consumer);
    contact = new CoordinatorContact(consumer);
    commitInterval = spec.spec().delivery().commitInterval();
    nextCommit = clock.instant().plus(commitInterval);
  }

  void subscribe() {
    consumer.subscribe(List.of(spec.spec().topic().value()), this);
  }

  /** Applies another policy, and lets idle partitions pick up swapped processors; any thread. */
  void applyPolicy(DeliveryPolicy policy) {
    commitInterval = policy.commitInterval();
    mailbox.post(
        () -> slots.values().stream().filter(Slot::isFlowing).forEach(s -> s.openWorker().flush()));
  }

  /** Why the member cannot go on, when it cannot. */
  Optional<Cause> ended() {
    return ended;
  }

  Collection<Slot> slots() {
    return slots.values();
  }

  Optional<Instant> lastCommit() {
    return commits.last();
  }

  /** One turn: mail, flow, commits, poll, dispatch. */
  void turn() {
    mailbox.runAll();
    flow.regulate(slots.values());
    var now = clock.instant();
    commitWhenDue(now);
    watch.look(now);
    if (contact.isNew()) {
      changeHealth(() -> health.contact(now));
    }
    if (ended.isEmpty()) {
      dispatch(poll(now));
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Instant now) {
    var wait = Duration.between(now, nextCommit);
    boolean dirty = slots.values().stream().anyMatch(Slot::isDirty);
    var timeout = dirty && wait.compareTo(IDLE_POLL) < 0 ? wait : IDLE_POLL;
    if (!mailbox.beginPoll(consumer)) {
      timeout = Duration.ZERO;
    }
    try {
      return consumer.poll(timeout.isNegative() ? Duration.ZERO : timeout);
    } catch (WakeupException woken) {
      return ConsumerRecords.empty();
    } catch (OffsetOutOfRangeException e) {
      outOfRange.handle(e, slots);
      return ConsumerRecords.empty();
    } catch (RebalanceInProgressException | RetriableException passing) {
      changeHealth(() -> health.troubled(Faults.sentence(passing), now));
      return ConsumerRecords.empty();
    } finally {
      mailbox.endPoll();
    }
  }

  private void dispatch(ConsumerRecords<byte[], byte[]> records) {
    var positions = records.nextOffsets();
    if (positions.isEmpty()) {
      return;
    }
    changeHealth(() -> health.contact(clock.instant()));
    for (var entry : positions.entrySet()) {
      var slot = slots.get(entry.getKey());
      if (slot == null || !slot.isFlowing()) {
        continue;
      }
      long next = entry.getValue().offset();
      var found = records.records(entry.getKey());
      slot.fetched = next;
      slot.remaining = consumer.currentLag(entry.getKey()).orElse(-1);
      if (found.isEmpty()) {
        slot.openWorker().skipTo(next);
        continue;
      }
      var batch = new ConsumerRecordBatch(slot.openWorker().delivery().source(), found, next);
      counts.records.add(batch.size());
      counts.bytes.add(batch.sizeInBytes());
      slot.openWorker().deliver(batch);
    }
  }

  private void commitWhenDue(Instant now) {
    if (!now.isBefore(nextCommit)) {
      nextCommit = now.plus(commitInterval);
      for (var slot : slots.values()) {
        if (slot.isDirty() && !slot.flushing) {
          slot.flushing = true;
          slot.openWorker().flush();
        }
      }
    }
    if (commits.isIdle()) {
      commits.commitDurable(slots.values(), now);
    }
  }

  private void commitFailed(RuntimeException fault) {
    switch (Faults.cause(fault)) {
      case Cause.Transient later -> LOG.info("{}: commit failed: {}", name(), later.reason());
      case Cause.Fatal fatal -> end(fatal);
      case Cause.Poison poison -> end(poison);
    }
  }

  private void end(Cause cause) {
    if (ended.isEmpty()) {
      ended = Optional.of(cause);
      changeHealth(() -> health.ended(cause, clock.instant()));
      LOG.warn("{} stops: {}", name(), cause.reason());
    }
  }

  private String name() {
    return "Member " + spec.ordinal() + " of consumer " + spec.consumer();
  }

  // Rebalances, called by the client on this thread from within poll.

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    counts.rebalances.increment();
    changeHealth(() -> health.contact(clock.instant()));
    if (!partitions.isEmpty()) {
      LOG.info("{} is assigned {}", name(), partitions);
    }
    for (var partition : partitions) {
      // A position of any kind keeps the client from looking for one itself; nothing is fetched.
      consumer.pause(List.of(partition));
      consumer.seek(partition, 0);
      var slot = new Slot(partition);
      slots.put(partition, slot);
      opening.place(slot);
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    release(partitions, true);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.warn("{} has lost {}, whose last deliveries may be repeated", name(), partitions);
    release(partitions, false);
  }

  private void release(Collection<TopicPartition> partitions, boolean commit) {
    var going = partitions.stream().map(slots::remove).filter(slot -> slot != null).toList();
    if (going.isEmpty()) {
      return;
    }
    going.forEach(Slot::retire);
    if (commit) {
      awaitDeliveries(going);
      commits.commitDurableNow(going, REVOCATION_WAIT, clock.instant());
    }
    going.forEach(slot -> slot.gone = true);
  }

  private void awaitDeliveries(List<Slot> going) {
    long deadline = System.nanoTime() + REVOCATION_WAIT.toNanos();
    for (var slot : going) {
      long left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
      if (!slot.awaitClosed(left)) {
        LOG.warn(
            "{}: the delivery of {} does not end, so it is given up uncommitted",
            name(),
            slot.partition);
      }
    }
  }

  /** Finishes deliveries, commits and leaves the group. */
  void close() {
    consumer.wakeup();
    release(List.copyOf(slots.keySet()), true);
    var leave =
        CloseOptions.timeout(REVOCATION_WAIT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    try {
      consumer.close(leave);
    } catch (WakeupException woken) {
      consumer.close(leave);
    }
  }

  // What the workers and openings tell; each is passed on to this thread.

  @Override
  public void begun(PartitionWorker worker, Begin.At at) {
    onSlotOf(worker, slot -> opening.begun(slot, at));
  }

  @Override
  public void drained(PartitionWorker worker) {
    if (flow.wantsNews(worker)) {
      mailbox.wake();
    }
  }

  @Override
  public void rewound(PartitionWorker worker, long position) {
    onSlotOf(
        worker,
        slot -> {
          LOG.warn("{}: {} is read again from offset {}", name(), slot.partition, position);
          consumer.seek(slot.partition, position);
          slot.fetched = position;
          worker.resumeAt();
        });
  }

  @Override
  public void flushed(PartitionWorker worker) {
    onSlotOf(worker, slot -> slot.flushing = false);
  }

  @Override
  public void halted(PartitionWorker worker, Cause cause) {
    mailbox.post(() -> end(cause));
  }

  @Override
  public void broken(PartitionWorker worker, RuntimeException defect) {
    mailbox.post(
        () -> end(new Cause.Transient("A processor failed unexpectedly; the log says more")));
  }

  private void onSlotOf(PartitionWorker worker, java.util.function.Consumer<Slot> then) {
    mailbox.post(() ->
        slots.values().stream().filter(slot -> slot.worker == worker).findFirst().ifPresent(then));
  }

  @Override
  public void placingFailed(Slot slot, Cause cause) {
    switch (cause) {
      case Cause.Transient later ->
          changeHealth(() -> health.troubled(later.reason(), clock.instant()));
      case Cause.Fatal fatal -> end(fatal);
      case Cause.Poison poison -> end(poison);
    }
  }

  @Override
  public void placed(Slot slot) {
    changeHealth(health::recovered);
  }

  private void sighted(TopicWatch.Sight sight) {
    switch (sight) {
      case TopicWatch.Sight.There(var topic) -> {
        changeHealth(health::recovered);
        slots.values().stream()
            .filter(slot -> slot.isFlowing() && !slot.held)
            .filter(slot -> !slot.knownEra().topicId().equals(topic.id()))
            .toList()
            .forEach(this::replace);
      }
      case TopicWatch.Sight.Missing(var reason) ->
          changeHealth(() -> health.troubled(reason, clock.instant()));
      case TopicWatch.Sight.Unseen(Cause.Transient later) ->
          changeHealth(() -> health.troubled(later.reason(), clock.instant()));
      case TopicWatch.Sight.Unseen(Cause fatal) -> end(fatal);
    }
  }

  /** Reports read the health from other threads. */
  private void changeHealth(Runnable change) {
    synchronized (health) {
      change.run();
    }
  }

  @Override
  public void flows(Slot slot, long position) {
    consumer.seek(slot.partition, position);
    slot.fetched = position;
    slot.stage = Slot.Stage.FLOWING;
    LOG.debug("{} reads {} from offset {}", name(), slot.partition, position);
  }

  /** Records were deleted before they were read: they are reported, then reading goes on. */
  void gap(Slot slot, long from, long to) {
    LOG.error(
        "{}: records {} to {} of {} were deleted before they were read",
        name(),
        from,
        to - 1,
        slot.partition);
    changeHealth(() -> health.gap(slot.partition, from, to, clock.instant()));
    consumer.seek(slot.partition, to);
    slot.fetched = to;
    slot.openWorker().skipTo(to);
  }

  /** Nothing more is fetched of it until it is clear where to go on. */
  void hold(Slot slot) {
    consumer.pause(List.of(slot.partition));
    slot.held = true;
  }

  /** It may be fetched again. */
  void unhold(Slot slot) {
    slot.held = false;
    slot.paused = true;
  }

  /** The log was cut below our position. */
  void truncated(Slot slot, long position, long from) {
    LOG.error(
        "{}: the log of {} was cut below our position {}; it is read again from {}",
        name(),
        slot.partition,
        position,
        from);
    slot.retireWorker();
    slot.held = false;
    slot.paused = true;
  }

  /** The partition has to be placed anew. */
  void replace(Slot slot) {
    slot.retireWorker();
    slot.held = false;
    slot.paused = true;
    opening.place(slot);
  }
}
