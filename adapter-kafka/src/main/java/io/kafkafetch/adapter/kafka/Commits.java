package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.CommitMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what the sinks made durable, and nothing beyond. Belongs to the polling thread, on which
 * Kafka also calls back.
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Consumer<RuntimeException> onFailure;
  private final Mailbox mailbox;
  private final LongAdder count;

  /** One at a time: a later one may not overtake an earlier one. */
  private boolean inFlight;

  /** The same for starts. */
  private boolean startsInFlight;

  /** Those that wait to be committed: one for each partition at most. */
  private final List<Start> starts = new ArrayList<>();

  private @Nullable Instant last;

  /** Where a partition begins, and what follows. */
  private record Start(Slot slot, OffsetAndMetadata offset, Runnable then, Runnable otherwise) {}

  /**
   * The commits of that client.
   *
   * @param onFailure told why one could not be made
   * @param mailbox which ends the poll when more is to be committed than what was under way
   */
  Commits(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      LongAdder count,
      Consumer<RuntimeException> onFailure,
      Mailbox mailbox) {
    this.consumer = consumer;
    this.count = count;
    this.onFailure = onFailure;
    this.mailbox = mailbox;
  }

  Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  boolean isIdle() {
    return !inFlight;
  }

  /**
   * Has the offset committed that a partition begins with, together with what else is asked for
   * until {@link #commitStarts}.
   *
   * @param then runs once it is committed
   * @param otherwise runs when it could not be
   */
  void fix(Slot slot, long offset, String metadata, Runnable then, Runnable otherwise) {
    starts.add(new Start(slot, new OffsetAndMetadata(offset, metadata), then, otherwise));
  }

  /** Commits the starts that wait for it in one request, and the next ones after that. */
  void commitStarts(Instant now) {
    starts.removeIf(start -> start.slot().gone);
    if (startsInFlight || starts.isEmpty()) {
      return;
    }
    startsInFlight = true;
    var sent = List.copyOf(starts);
    starts.clear();
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    sent.forEach(start -> offsets.put(start.slot().partition, start.offset()));
    consumer.commitAsync(
        offsets,
        (_, fault) -> {
          startsInFlight = false;
          // Those that failed are tried again at the next look, and not at once.
          boolean more = !starts.isEmpty();
          sent.stream()
              .filter(start -> !start.slot().gone)
              .forEach(start -> settle(start, fault, now));
          if (more) {
            mailbox.wake();
          }
        });
  }

  private void settle(Start start, @Nullable Exception fault, Instant now) {
    if (fault == null) {
      committed(now);
      start.slot().committed = start.offset().offset();
      start.then().run();
    } else {
      onFailure.accept(asRuntime(fault));
      start.otherwise().run();
    }
  }

  /** Starts to commit all that is durable and not committed yet. */
  void commitDurable(Collection<Slot> slots, Instant now) {
    var offsets = durable(slots);
    if (inFlight || offsets.isEmpty()) {
      return;
    }
    inFlight = true;
    var workers = workers(slots);
    consumer.commitAsync(
        offsets,
        (_, fault) -> {
          inFlight = false;
          if (fault == null) {
            committed(now);
            // A slot that was placed anew meanwhile has committed nothing of what it is now.
            settle(stillThere(slots, workers), offsets);
            if (slots.stream().anyMatch(Slot::hasMoreToCommit)) {
              mailbox.wake();
            }
          } else {
            // Nothing is lost: the same or a later position is committed at the next turn.
            onFailure.accept(asRuntime(fault));
          }
        });
  }

  /** Commits and waits; for partitions that are about to go. False when it did not work. */
  boolean commitDurableNow(Collection<Slot> slots, Duration timeout, Instant now) {
    var offsets = durable(slots);
    if (offsets.isEmpty()) {
      return true;
    }
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      mailbox.undisturbed(() -> {
        long left = Math.max(0, deadline - System.nanoTime());
        consumer.commitSync(offsets, Duration.ofNanos(left));
        return offsets;
      });
      committed(now);
      settle(slots, offsets);
      return true;
    } catch (KafkaException fault) {
      LOG.warn(
          "Offsets {} could not be committed, so their records may be delivered again: {}",
          offsets,
          Faults.sentence(fault));
      return false;
    }
  }

  private void committed(Instant now) {
    last = now;
    count.increment();
  }

  private static Set<PartitionWorker> workers(Collection<Slot> slots) {
    var workers = new HashSet<PartitionWorker>();
    for (var slot : slots) {
      if (slot.isFlowing()) {
        workers.add(slot.openWorker());
      }
    }
    return workers;
  }

  private static List<Slot> stillThere(Collection<Slot> slots, Set<PartitionWorker> workers) {
    return slots.stream()
        .filter(slot -> slot.worker != null && workers.contains(slot.worker))
        .toList();
  }

  private static void settle(
      Collection<Slot> slots, Map<TopicPartition, OffsetAndMetadata> offsets) {
    for (var slot : slots) {
      var offset = offsets.get(slot.partition);
      if (offset != null && !slot.gone) {
        slot.committed = Math.max(slot.committed, offset.offset());
      }
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> durable(Collection<Slot> slots) {
    var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var slot : slots) {
      if (slot.hasMoreToCommit()) {
        offsets.put(
            slot.partition,
            new OffsetAndMetadata(
                slot.openWorker().durablePosition(),
                CommitMark.write(slot.generation, slot.knownEra())));
      }
    }
    return offsets;
  }

  private static RuntimeException asRuntime(Exception fault) {
    return fault instanceof RuntimeException runtime ? runtime : new KafkaException(fault);
  }
}
