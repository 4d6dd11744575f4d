package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a {@code KafkaConsumer}: it polls, pauses, resumes and commits, and
 * never waits for a sink, but for 5 s when partitions are taken from it.
 */
final class MemberLoop {
  private static final Logger LOG = LoggerFactory.getLogger(MemberLoop.class);

  private final MemberSpec spec;
  private final Consumer<byte[], byte[]> consumer;
  private final Mailbox mailbox;
  private final MemberHealth health;
  private final InstantSource clock;
  private final Commits commits;
  private final Assignment assignment;
  private final OutOfRange outOfRange;
  private final TopicWatch watch;
  private final Flow flow;
  private final CoordinatorContact contact;
  private final Departure departure;
  private final Counts counts;

  /** Replaced by another thread when the consumer changes. */
  private volatile DeliveryPolicy policy;

  private Instant nextCommit;

  /** Whether another process has joined under this member's name, and is to be left alone. */
  private boolean fenced;

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
      FetchBudget.Share share,
      FetchTurns turns,
      MemberDelivery delivery,
      Supplier<Admin> admin,
      FirstSights.FirstSight firstSight,
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
    policy = spec.spec().delivery();
    nextCommit = clock.instant().plus(policy.commitInterval());
    flow = new Flow(consumer, share, turns.of(mailbox::wake));
    commits = new Commits(consumer, counts.commits, this::commitFailed, mailbox);
    var news = new SlotNews(this, consumer, firstSight, mailbox, flow, clock);
    var opening = new SlotOpening(spec.spec(), delivery, admin, firstSight, mailbox, commits, news);
    assignment = new Assignment(name(), consumer, opening, commits, clock, this::rebalanced);
    news.over(assignment, opening);
    watch = new TopicWatch(spec.spec().topic().value(), admin, firstSight, mailbox, news::sighted);
    outOfRange = new OutOfRange(spec.spec(), admin, mailbox, opening, news);
    contact = new CoordinatorContact(consumer, ClientProperties.HEARTBEAT);
    departure = new Departure(consumer, admin, Assignment.REVOCATION_WAIT);
  }

  void subscribe() {
    consumer.subscribe(List.of(spec.spec().topic().value()), assignment);
  }

  /** Applies another policy, and lets idle partitions pick up swapped processors; any thread. */
  void applyPolicy(DeliveryPolicy changed) {
    policy = changed;
    mailbox.post(() ->
        assignment.slots().stream()
            .filter(Slot::isFlowing)
            .forEach(slot -> slot.openWorker().flush()));
  }

  /** Why the member cannot go on, when it cannot. */
  Optional<Cause> ended() {
    return ended;
  }

  Collection<Slot> slots() {
    return assignment.slots();
  }

  Optional<Instant> lastCommit() {
    return commits.last();
  }

  /** One turn: mail, flow, commits, poll, dispatch. */
  void turn() {
    mailbox.runAll();
    var now = clock.instant();
    commits.commitStarts(now);
    boolean full = flow.isFull(assignment.slots());
    assignment.slots().forEach(slot -> slot.linger.dispatchWhenDue(slot, policy, now, full));
    var hold = flow.regulate(assignment.slots(), now);
    commitWhenDue(now);
    watch.look(now);
    if (contact.isNew(now)) {
      changeHealth(() -> health.contact(now));
    }
    if (ended.isEmpty() && hold.isZero() && isHeartbeatsTurn(now)) {
      mailbox.await(CoordinatorContact.LULL);
    } else if (ended.isEmpty() && hold.isZero()) {
      dispatch(poll(now));
      learnLag();
    } else if (ended.isEmpty()) {
      mailbox.await(min(hold, pollTimeout(now)));
    }
  }

  private boolean isHeartbeatsTurn(Instant now) {
    return !flow.isAwaitingTurn() && PollTimeout.isQuiet(assignment.slots()) && contact.isDue(now);
  }

  private ConsumerRecords<byte[], byte[]> poll(Instant now) {
    var timeout = mailbox.beginPoll(consumer) ? pollTimeout(now) : Duration.ZERO;
    try {
      return consumer.poll(timeout);
    } catch (WakeupException woken) {
      mailbox.woken();
      return ConsumerRecords.empty();
    } catch (OffsetOutOfRangeException fault) {
      outOfRange.handle(fault, assignment);
      return ConsumerRecords.empty();
    } catch (FencedInstanceIdException another) {
      fenced = true;
      throw another;
    } catch (RebalanceInProgressException | RetriableException passing) {
      troubled(Faults.sentence(passing));
      return ConsumerRecords.empty();
    } finally {
      mailbox.endPoll();
    }
  }

  private Duration pollTimeout(Instant now) {
    var timeout =
        PollTimeout.of(assignment.slots(), contact.patience(now), policy, nextCommit, now);
    return flow.isAwaitingTurn() ? min(timeout, FetchTurns.LEASE) : timeout;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void dispatch(ConsumerRecords<byte[], byte[]> records) {
    var positions = records.nextOffsets();
    if (positions.isEmpty()) {
      return;
    }
    var now = clock.instant();
    changeHealth(() -> health.fetched(now));
    flow.fetched();
    for (var entry : positions.entrySet()) {
      var slot = assignment.slot(entry.getKey());
      if (slot.isPresent() && slot.get().isFlowing()) {
        var flowing = slot.get();
        flowing.fetched = entry.getValue().offset();
        flowing.remaining = consumer.currentLag(entry.getKey()).orElse(-1);
        var found = records.records(entry.getKey());
        counts.records.add(found.size());
        counts.bytes.add(flowing.linger.take(flowing, found, flowing.fetched, policy, now));
      }
    }
  }

  /** An empty partition never dispatches anything, but its fetch tells that nothing is left. */
  private void learnLag() {
    for (var slot : assignment.slots()) {
      if (slot.isFlowing() && slot.wantsLag()) {
        slot.remaining = consumer.currentLag(slot.partition).orElse(-1);
      }
    }
  }

  private void commitWhenDue(Instant now) {
    if (!now.isBefore(nextCommit)) {
      nextCommit = now.plus(policy.commitInterval());
      for (var slot : assignment.slots()) {
        if (slot.isDirty() && !slot.flushing) {
          slot.flushing = true;
          slot.openWorker().flush();
        }
      }
    }
    if (commits.isIdle()) {
      commits.commitDurable(assignment.slots(), now);
    }
  }

  private void rebalanced() {
    counts.rebalances.increment();
    changeHealth(() -> health.contact(clock.instant()));
  }

  private void commitFailed(RuntimeException fault) {
    fenced |= fault instanceof FencedInstanceIdException;
    switch (Faults.cause(fault)) {
      case Cause.Transient later -> LOG.info("{}: commit failed: {}", name(), later.reason());
      case Cause.Fatal fatal -> end(fatal);
      case Cause.Poison poison -> end(poison);
    }
  }

  /** The member cannot go on. */
  void end(Cause cause) {
    if (ended.isEmpty()) {
      ended = Optional.of(cause);
      changeHealth(() -> health.ended(cause, clock.instant()));
      LOG.warn("{} stops: {}", name(), cause.reason());
      mailbox.wake();
    }
  }

  /** Something is wrong that may pass. */
  void troubled(String reason) {
    changeHealth(() -> health.troubled(reason, clock.instant()));
  }

  /** Reports read the health from other threads. */
  void changeHealth(Runnable change) {
    synchronized (health) {
      change.run();
    }
  }

  MemberHealth health() {
    return health;
  }

  String name() {
    return "Member " + spec.ordinal() + " of consumer " + spec.consumer();
  }

  /**
   * Finishes deliveries, commits and closes the client.
   *
   * @param leave whether the member leaves its group; if not, it is expected back at once
   */
  void close(boolean leave) {
    flow.end(clock.instant());
    takeWakeup();
    assignment.releaseAll();
    if (leave && !fenced) {
      departure.forGood();
    } else {
      departure.forNow();
    }
  }

  /** A wake-up that is still outstanding would keep the client from committing and leaving. */
  private void takeWakeup() {
    if (mailbox.isWakeOutstanding()) {
      try {
        consumer.pause(consumer.assignment());
        consumer.poll(Duration.ZERO);
      } catch (KafkaException taken) {
        LOG.debug("{} took a late wake-up: {}", name(), taken.getClass().getSimpleName());
      }
      mailbox.woken();
    }
  }
}
