package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.delivery.MemberDelivery;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Brings an assigned partition to where it is read: finds where the group is in it, fixes that by a
 * commit, opens the processors, fixes what they remember, and only then lets records come. What
 * blocks runs beside the polling thread; every step is taken on it.
 */
final class SlotOpening {
  private static final RetryPolicy RETRY =
      new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2, OptionalInt.empty());

  private final ConsumerSpec spec;
  private final MemberDelivery delivery;
  private final Supplier<Admin> admin;
  private final FirstSights.FirstSight firstSight;
  private final Mailbox mailbox;
  private final Commits commits;
  private final Owner owner;

  /** What the polling thread does with the answers. */
  interface Owner extends PartitionWorker.Events {
    /** Finding the place failed, and is tried again unless the cause is fatal. */
    void placingFailed(Slot slot, Cause cause);

    /** The place was found after all. */
    void placed(Slot slot);

    /** The start is committed: records may come from here. */
    void flows(Slot slot, long position);
  }

  SlotOpening(
      ConsumerSpec spec,
      MemberDelivery delivery,
      Supplier<Admin> admin,
      FirstSights.FirstSight firstSight,
      Mailbox mailbox,
      Commits commits,
      Owner owner) {
    this.spec = spec;
    this.delivery = delivery;
    this.admin = admin;
    this.firstSight = firstSight;
    this.mailbox = mailbox;
    this.commits = commits;
    this.owner = owner;
  }

  /** Starts to find where the group is in the partitions: the cluster is asked for all at once. */
  void place(Collection<Slot> slots) {
    slots.forEach(slot -> slot.stage = Slot.Stage.PLACING);
    if (!slots.isEmpty()) {
      beside(() -> place(List.copyOf(slots), 1));
    }
  }

  /** Starts from a position that was found otherwise, as one that was set on purpose. */
  void placeAt(Slot slot, TopicState topic, long offset) {
    slot.stage = Slot.Stage.PLACING;
    var era = slot.era == null ? new CommitMark.TopicEra(topic.id(), topic.partitions()) : slot.era;
    var base = new CommittedOffset(offset, "");
    found(slot, topic, new PartitionOffsets.Place(base, era, true));
  }

  private void place(List<Slot> slots, int attempt) {
    var wanted = slots.stream().filter(slot -> !slot.gone).toList();
    if (wanted.isEmpty()) {
      return;
    }
    try {
      var client = admin.get();
      var topic = PartitionOffsets.describe(client, spec.topic().value());
      if (topic.isPresent()) {
        var partitions = wanted.stream().map(slot -> slot.partition).toList();
        var places =
            new PartitionOffsets(client, spec)
                .places(partitions, topic.get(), firstSight.isLater(topic.get()));
        // One without a leader must not keep the others waiting.
        wanted.forEach(slot -> beside(() -> place(slot, topic.get(), places, attempt)));
      } else {
        var missing = new Cause.Transient("There is no topic " + spec.topic().value());
        placeAgain(wanted, missing, attempt);
      }
    } catch (RuntimeException fault) {
      placeAgain(wanted, Faults.cause(fault), attempt);
    }
  }

  private void place(Slot slot, TopicState topic, PartitionOffsets.Places places, int attempt) {
    try {
      var place = places.of(slot.partition);
      mailbox.post(() -> found(slot, topic, place));
    } catch (RuntimeException fault) {
      placeAgain(List.of(slot), Faults.cause(fault), attempt);
    }
  }

  private void placeAgain(List<Slot> slots, Cause cause, int failures) {
    slots.forEach(slot -> failed(slot, cause));
    if (!(cause instanceof Cause.Fatal)) {
      LockSupport.parkNanos(
          RETRY.backoff(failures, ThreadLocalRandom.current().nextDouble()).toNanos());
      beside(() -> place(slots, failures + 1));
    }
  }

  private void placeAgainSoon(Slot slot) {
    slot.stage = Slot.Stage.PLACING;
    beside(() -> {
      LockSupport.parkNanos(RETRY.backoff(1, ThreadLocalRandom.current().nextDouble()).toNanos());
      place(List.of(slot), 1);
    });
  }

  private void beside(Runnable work) {
    Thread.ofVirtual().name("place-" + spec.topic().value()).start(work);
  }

  private void failed(Slot slot, Cause cause) {
    mailbox.post(() -> {
      if (!slot.gone) {
        owner.placingFailed(slot, cause);
      }
    });
  }

  private void found(Slot slot, TopicState topic, PartitionOffsets.Place place) {
    if (slot.gone) {
      return;
    }
    owner.placed(slot);
    slot.placed(place);
    if (place.committed()) {
      open(slot, topic, place.base());
    } else {
      // Fixed before the sinks are asked, since that may take long and a kill must not skip.
      commits.fix(
          slot,
          place.base().offset(),
          place.base().metadata(),
          () -> open(slot, topic, place.base()),
          () -> placeAgainSoon(slot));
    }
  }

  private void open(Slot slot, TopicState topic, CommittedOffset base) {
    slot.stage = Slot.Stage.OPENING;
    var source = new SourcePartition(topic.name(), topic.id(), slot.partition.partition());
    var worker = new PartitionWorker(delivery.partition(source), owner);
    slot.worker = worker;
    worker.begin(base);
  }

  /** The processors are open; on the polling thread. */
  void begun(Slot slot, Begin.At at) {
    slot.stage = Slot.Stage.FIXING;
    slot.generation = at.generation();
    commits.fix(
        slot,
        at.position(),
        CommitMark.write(at.generation(), slot.knownEra()),
        () -> owner.flows(slot, at.position()),
        () -> begun(slot, at));
  }
}
