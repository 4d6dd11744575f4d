package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.Begin;
import io.kafkafetch.domain.processor.Cause;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workers, openings and lookouts tell the polling thread. Whatever thread tells it, what is
 * done about it is done on the polling thread, between two polls.
 */
final class SlotNews implements SlotOpening.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(SlotNews.class);

  private final MemberLoop loop;
  private final Consumer<byte[], byte[]> consumer;
  private final FirstSights.FirstSight firstSight;
  private final Mailbox mailbox;
  private final Flow flow;
  private final InstantSource clock;
  private Optional<Assignment> assignment = Optional.empty();
  private Optional<SlotOpening> opening = Optional.empty();

  SlotNews(
      MemberLoop loop,
      Consumer<byte[], byte[]> consumer,
      FirstSights.FirstSight firstSight,
      Mailbox mailbox,
      Flow flow,
      InstantSource clock) {
    this.loop = loop;
    this.consumer = consumer;
    this.firstSight = firstSight;
    this.mailbox = mailbox;
    this.flow = flow;
    this.clock = clock;
  }

  /** What the news are about; set once, before the first. */
  void over(Assignment slots, SlotOpening openings) {
    assignment = Optional.of(slots);
    opening = Optional.of(openings);
  }

  @Override
  public void begun(PartitionWorker worker, Begin.At at) {
    onSlotOf(worker, slot -> opening.orElseThrow().begun(slot, at));
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
          LOG.warn("{}: {} is read again from offset {}", loop.name(), slot.partition, position);
          consumer.seek(slot.partition, position);
          slot.fetched = position;
          slot.remaining = -1;
          slot.linger.clear();
          worker.resumeAt();
        });
  }

  @Override
  public void flushed(PartitionWorker worker) {
    onSlotOf(worker, slot -> slot.flushing = false);
  }

  @Override
  public void halted(PartitionWorker worker, Cause cause) {
    mailbox.post(() -> loop.end(cause));
  }

  @Override
  public void broken(PartitionWorker worker, Throwable defect) {
    mailbox.post(
        () -> loop.end(new Cause.Transient("A processor failed unexpectedly; the log says more")));
  }

  private void onSlotOf(PartitionWorker worker, java.util.function.Consumer<Slot> then) {
    mailbox.post(() -> assignment.orElseThrow().slotOf(worker).ifPresent(then));
  }

  @Override
  public void placingFailed(Slot slot, Cause cause) {
    switch (cause) {
      case Cause.Transient later -> loop.troubled(later.reason());
      case Cause.Fatal fatal -> loop.end(fatal);
      case Cause.Poison poison -> loop.end(poison);
    }
  }

  @Override
  public void placed(Slot slot) {
    loop.changeHealth(loop.health()::recovered);
  }

  @Override
  public void flows(Slot slot, long position) {
    consumer.seek(slot.partition, position);
    slot.fetched = position;
    slot.remaining = -1;
    slot.stage = Slot.Stage.FLOWING;
    // This is called from within a poll, which fetches nothing of it before the next turn.
    mailbox.wake();
    LOG.debug("{} reads {} from offset {}", loop.name(), slot.partition, position);
  }

  /** The topic was looked at. */
  void sighted(TopicWatch.Sight sight) {
    switch (sight) {
      case TopicWatch.Sight.There(var topic) -> {
        loop.changeHealth(loop.health()::recovered);
        // A topic that was made anew is read from its beginning, whatever the position was.
        assignment.orElseThrow().slots().stream()
            .filter(slot -> slot.isFlowing() && !slot.held)
            .filter(slot -> !slot.knownEra().topicId().equals(topic.id()))
            .toList()
            .forEach(this::replace);
      }
      case TopicWatch.Sight.Missing(var reason) -> {
        firstSight.none();
        loop.troubled(reason);
      }
      case TopicWatch.Sight.Unseen(Cause.Transient later) -> loop.troubled(later.reason());
      case TopicWatch.Sight.Unseen(Cause fatal) -> loop.end(fatal);
    }
  }

  /** Nothing more is fetched of it until it is clear where to go on. */
  void hold(Slot slot) {
    consumer.pause(List.of(slot.partition));
    slot.paused = true;
    slot.held = true;
  }

  /** It may be fetched again. */
  void unhold(Slot slot) {
    slot.held = false;
  }

  /** Records were deleted before they were read: they are reported, then reading goes on. */
  void gap(Slot slot, long from, long to) {
    LOG.error(
        "{}: records {} to {} of {} were deleted before they were read",
        loop.name(),
        from,
        to - 1,
        slot.partition);
    loop.changeHealth(() -> loop.health().gap(slot.partition, from, to, clock.instant()));
    consumer.seek(slot.partition, to);
    slot.fetched = to;
    slot.remaining = -1;
    slot.openWorker().skipTo(to);
  }

  /** The log was cut below our position. */
  void truncated(Slot slot, long position, long from) {
    LOG.error(
        "{}: the log of {} was cut below our position {}; it is read again from {}",
        loop.name(),
        slot.partition,
        position,
        from);
    letWorkerGo(slot);
  }

  /** The partition has to be placed anew. */
  void replace(Slot slot) {
    letWorkerGo(slot);
    opening.orElseThrow().place(List.of(slot));
  }

  private void letWorkerGo(Slot slot) {
    consumer.pause(List.of(slot.partition));
    slot.paused = true;
    slot.held = false;
    slot.remaining = -1;
    slot.linger.clear();
    slot.retireWorker();
  }
}
