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
import java.time.InstantSource;
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
  private final InstantSource clock;
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
      InstantSource clock,
      Owner owner) {
    this.spec = spec;
    this.delivery = delivery;
    this.admin = admin;
    this.firstSight = firstSight;
    this.mailbox = mailbox;
    this.commits = commits;
    this.clock = clock;
    this.owner = owner;
  }

  /** Starts to find where the group is in the partition. */
  void place(Slot slot) {
    slot.stage = Slot.Stage.PLACING;
    Thread.ofVirtual().name("place-" + slot.partition).start(() -> placeUntilFound(slot));
  }

  /** Starts from a position that was found otherwise, as one that was set on purpose. */
  void placeAt(Slot slot, TopicState topic, long offset) {
    slot.stage = Slot.Stage.PLACING;
    var era = slot.era == null ? new CommitMark.TopicEra(topic.id(), topic.partitions()) : slot.era;
    var base = new CommittedOffset(offset, "");
    found(slot, topic, new PartitionOffsets.Place(base, era, true));
  }

  private void placeUntilFound(Slot slot) {
    for (int failures = 1; !slot.gone; failures++) {
      try {
        var client = admin.get();
        var topic = PartitionOffsets.describe(client, slot.partition.topic());
        if (topic.isPresent()) {
          var place =
              new PartitionOffsets(client, spec)
                  .place(slot.partition, topic.get(), firstSight.isLater(topic.get()));
          mailbox.post(() -> found(slot, topic.get(), place));
          return;
        }
        failed(slot, new Cause.Transient("There is no topic " + slot.partition.topic()));
      } catch (RuntimeException fault) {
        var cause = Faults.cause(fault);
        failed(slot, cause);
        if (cause instanceof Cause.Fatal) {
          return;
        }
      }
      LockSupport.parkNanos(
          RETRY.backoff(failures, ThreadLocalRandom.current().nextDouble()).toNanos());
    }
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
          clock.instant(),
          () -> open(slot, topic, place.base()),
          () -> place(slot));
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
        clock.instant(),
        () -> owner.flows(slot, at.position()),
        () -> begun(slot, at));
  }
}
