package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One warm member of a group on a thread of its own. It reads only what somebody waits for, and
 * lends each partition to one call at a time: its commit or its rewind comes before the next loan.
 * Methods for other threads post to the polling thread.
 */
final class LendingMember {
  private static final Logger LOG = LoggerFactory.getLogger(LendingMember.class);
  private static final Duration IDLE_POLL = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final int COMMIT_TRIES = 3;

  private final String group;
  private final Consumer<byte[], byte[]> consumer;
  private final Mailbox mailbox = new Mailbox();
  private final LentPartitions partitions;

  /** The rest belongs to the polling thread. */
  private final ArrayDeque<Lending> waiting = new ArrayDeque<>();

  private final ArrayDeque<Replay> replays = new ArrayDeque<>();
  private final Set<String> topics = new LinkedHashSet<>();

  private volatile boolean retiring;

  /** Set when the thread looks into its mailbox for the last time. */
  private volatile boolean ended;

  LendingMember(String group, Map<String, Object> properties) {
    this.group = group;
    consumer = new KafkaConsumer<>(properties);
    partitions = new LentPartitions(consumer, mailbox);
  }

  /** Begins to poll; {@code ended} runs when it has left the group. */
  void launch(Runnable ended) {
    Thread.ofPlatform().name("consume-" + group).start(() -> run(ended));
  }

  /** Waits for records; any thread. */
  void read(Lending call) {
    mailbox.post(() -> waiting.add(call));
    if (ended) {
      call.answer.completeExceptionally(over());
    }
  }

  /** Reads the same records once more; any thread. */
  CompletableFuture<Lending> readAgain(Lending call) {
    var replay = new Replay(call, System.nanoTime());
    mailbox.post(() -> {
      if (call.hasLost() || !replay.begin(consumer)) {
        replay.answer.completeExceptionally(lostPartition());
      } else {
        replays.add(replay);
      }
    });
    if (ended) {
      replay.answer.completeExceptionally(lostPartition());
    }
    return replay.answer;
  }

  /** Commits what a call was lent, and lets its partitions go; any thread. */
  CompletableFuture<Boolean> commit(Lending call) {
    var done = new CompletableFuture<Boolean>();
    mailbox.post(() -> commit(call, done, COMMIT_TRIES));
    if (ended) {
      done.complete(false);
    }
    return done;
  }

  /** Goes back to where a call began to read, and lets its partitions go; any thread. */
  void rewind(Lending call) {
    mailbox.post(() -> rewindNow(call));
  }

  private void rewindNow(Lending call) {
    waiting.remove(call);
    for (var partition : call.held()) {
      partition.read.clear();
      consumer.seek(partition.partition, partition.lentFrom);
    }
    call.end();
  }

  /** Leaves the group, soon; any thread. */
  void retire() {
    retiring = true;
    mailbox.wake();
  }

  static Refusal lostPartition() {
    return new Refusal.Conflict(
        "A partition of that answer went to another member of the group; nothing of it was"
            + " committed and its records are read again, read on without a token");
  }

  private void run(Runnable ended) {
    Refusal reason = new Refusal.Unavailable("The server is about to stop", RETRY_AFTER);
    try (consumer) {
      while (!retiring) {
        turn();
      }
      mailbox.runAll();
      takeWakeUp();
    } catch (KafkaException fault) {
      LOG.warn("Reading as a member of {} ended: {}", group, Faults.sentence(fault));
      reason = ReadFaults.refusal(group, fault);
    } catch (RuntimeException | Error defect) {
      LOG.error("Reading as a member of {} broke", group, defect);
      reason = new Refusal.Unavailable("Reading ended unexpectedly", RETRY_AFTER);
      throw defect;
    } finally {
      ended.run();
      refuseAll(reason);
    }
  }

  /** A wake-up that is still on its way would hit the leaving of the group. */
  private void takeWakeUp() {
    if (mailbox.isWakeOutstanding()) {
      poll(System.nanoTime());
    }
  }

  private static Refusal over() {
    return new Refusal.Unavailable("Reading has just ended; ask again", RETRY_AFTER);
  }

  /** Nobody may wait for a member that is gone. */
  private void refuseAll(Refusal reason) {
    ended = true;
    mailbox.runAll();
    waiting.forEach(call -> call.answer.completeExceptionally(reason));
    replays.forEach(replay -> replay.answer.completeExceptionally(reason));
  }

  private void turn() {
    mailbox.runAll();
    subscribe();
    long now = System.nanoTime();
    serve(now);
    partitions.regulate(waiting, replays);
    partitions.keep(poll(now));
  }

  private void subscribe() {
    boolean more = false;
    for (var call : waiting) {
      more |= topics.add(call.topic());
    }
    if (more) {
      partitions.unassigned();
      consumer.subscribe(topics, partitions);
    }
  }

  private void serve(long now) {
    for (var calls = waiting.iterator(); calls.hasNext(); ) {
      var call = calls.next();
      if (partitions.isAssigned()) {
        call.assigned(now);
      }
      partitions.fill(call);
      if (call.isComplete(now)) {
        calls.remove();
        call.answer.complete(call);
      } else if (call.isUnassignedAt(now)) {
        calls.remove();
        call.end();
        call.answer.completeExceptionally(
            new Refusal.Unavailable(
                "The group " + group + " did not assign partitions in time", RETRY_AFTER));
      }
    }
    replays.removeIf(replay -> replay.isOver(consumer, now));
  }

  private ConsumerRecords<byte[], byte[]> poll(long now) {
    var timeout = mailbox.beginPoll(consumer) ? timeout(now) : Duration.ZERO;
    try {
      return topics.isEmpty() ? ConsumerRecords.empty() : consumer.poll(timeout);
    } catch (WakeupException woken) {
      mailbox.woken();
      return ConsumerRecords.empty();
    } catch (RebalanceInProgressException | RetriableException passing) {
      LOG.debug("Group {}: {}", group, Faults.sentence(passing));
      return ConsumerRecords.empty();
    } finally {
      mailbox.endPoll();
    }
  }

  private Duration timeout(long now) {
    long nanos = IDLE_POLL.toNanos();
    for (var call : waiting) {
      nanos = Math.min(nanos, call.due() - now);
    }
    // Kafka counts in milliseconds: rounding down would make it spin in the last one.
    return Duration.ofMillis(nanos <= 0 ? 0 : nanos / 1_000_000 + 1);
  }

  private void commit(Lending call, CompletableFuture<Boolean> done, int tries) {
    boolean whole = !call.hasLost();
    if (call.isKept() && !whole) {
      // A token stands for its whole answer or for nothing.
      rewindNow(call);
      done.complete(false);
      return;
    }
    var offsets = partitions.offsets(call);
    if (offsets.isEmpty() || partitions.isRevoking()) {
      boolean committed = offsets.isEmpty() || commitNow(offsets);
      call.end();
      done.complete(committed && whole);
      return;
    }
    call.committing();
    consumer.commitAsync(
        offsets,
        (_, fault) -> {
          if (fault instanceof RetriableException && tries > 1 && !call.hasLost()) {
            commit(call, done, tries - 1);
            return;
          }
          if (fault != null) {
            LOG.warn(
                "Group {} could not commit {}, so these records may be read again: {}",
                group,
                offsets,
                Faults.sentence(fault));
          }
          call.end();
          done.complete(fault == null && whole);
        });
  }

  private boolean commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      mailbox.undisturbed(() -> {
        consumer.commitSync(new HashMap<>(offsets), Duration.ofSeconds(3));
        return offsets;
      });
      return true;
    } catch (KafkaException fault) {
      LOG.warn("Group {} could not commit {}: {}", group, offsets, Faults.sentence(fault));
      return false;
    }
  }
}
