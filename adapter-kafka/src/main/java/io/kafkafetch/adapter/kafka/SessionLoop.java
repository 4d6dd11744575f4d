package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader.Assigned;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns a session's client. It polls all the time, which keeps the member in its
 * group; records come only while somebody waits for them, and once more after an answer that left
 * some behind.
 */
final class SessionLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
  private static final Duration IDLE_POLL = Duration.ofSeconds(10);
  private static final Duration BUSY_POLL = Duration.ofMillis(50);
  private static final Duration PROBE = Duration.ofSeconds(3);
  private static final long FAULT_PAUSE = Duration.ofMillis(200).toNanos();

  private final String name;
  private final Consumer<byte[], byte[]> consumer;
  private final Mailbox mailbox;
  private final SessionAssignment assignment;
  private final SessionPlacing placing;
  private final SessionFetches fetches;

  /** Free while the client polls; see {@link SessionFetches}. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Commands that wait until the group has settled; run after the next poll. */
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();

  private @Nullable SessionJoining joining;

  SessionLoop(
      String name,
      Consumer<byte[], byte[]> consumer,
      SessionPlaces places,
      SessionMemory memory,
      Mailbox mailbox) {
    this.name = name;
    this.consumer = consumer;
    this.mailbox = mailbox;
    assignment = new SessionAssignment(consumer, lock, mailbox);
    fetches = new SessionFetches(lock, assignment, memory, mailbox);
    placing = new SessionPlacing(name, this, consumer, assignment, places, mailbox);
  }

  SessionAssignment assignment() {
    return assignment;
  }

  SessionFetches fetches() {
    return fetches;
  }

  /** One turn: commands, places, answers, poll, answers. */
  void turn() {
    lock.lock();
    try {
      for (int i = deferred.size(); i > 0; i--) {
        deferred.remove().run();
      }
      mailbox.runAll();
      placing.begin();
      serve();
      if (fetches.isReadingAhead() && !hasBacklog()) {
        fetches.stopReadingAhead();
      }
      assignment.flow(fetches.isWaiting() || fetches.isReadingAhead());
      take(poll());
      serve();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more: who does is told, and who comes. */
  void endWaiting(Refusal reason) {
    lock.lock();
    try {
      fetches.end(reason);
    } finally {
      lock.unlock();
    }
  }

  /** Runs a command after the next poll. */
  void defer(Runnable command) {
    deferred.add(command);
  }

  /** Whoever joins is answered when it is done. */
  void joining(CompletableFuture<Assigned> reply, boolean byHand) {
    if (joining != null) {
      joining.fail(new Refusal.Conflict("Another assignment was asked for meanwhile"));
    }
    joining = new SessionJoining(reply, byHand, System.nanoTime());
  }

  private void serve() {
    var join = joining;
    if (join != null && join.isOver(assignment, placing.trouble())) {
      joining = null;
      join.answer(assignment);
    }
    var fetch = fetches.waiting();
    if (fetch == null) {
      return;
    }
    long now = System.nanoTime();
    fetch.takeFrom(assignment.buffer(), now);
    if (fetch.isFull() || (!fetch.isEmpty() && !(fetch.mayGather(now) && hasBacklog()))) {
      fetches.answer(fetch);
    } else if (fetch.isEmpty() && fetch.isOver(now)) {
      over(fetch, now);
    }
  }

  /** Nothing has come in time: is nothing there, or is Kafka away? */
  private void over(WaitingFetch fetch, long now) {
    var placed = assignment.placed();
    try {
      if (!assignment.isPlaced() && placing.trouble().isPresent()) {
        fetches.fail(placing.trouble().get());
      } else if (isAnythingThere(placed) && fetch.takeGrace(now)) {
        LOG.debug("{} waits for records that are there", name);
      } else {
        fetches.answer(fetch);
      }
    } catch (KafkaException fault) {
      fetches.fail(SessionFaults.of(fault));
    }
  }

  private boolean isAnythingThere(java.util.Set<TopicPartition> placed) {
    var ends = undisturbed(() -> consumer.endOffsets(placed, PROBE));
    return assignment.all().stream()
        .anyMatch(one -> one.placed && one.fetched < ends.getOrDefault(one.partition, 0L));
  }

  /** Whether there are records that the client has not returned, as far as it knows. */
  private boolean hasBacklog() {
    for (var one : assignment.all()) {
      if (one.placed && consumer.currentLag(one.partition).orElse(1) > 0) {
        return true;
      }
    }
    return false;
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    var timeout = mailbox.beginPoll(consumer) ? pollTimeout() : Duration.ZERO;
    try {
      return pollUnlocked(timeout);
    } catch (WakeupException woken) {
      mailbox.woken();
    } catch (OffsetOutOfRangeException fault) {
      mailbox.endPoll();
      outOfRange(fault);
    } catch (RebalanceInProgressException | RetriableException passing) {
      LOG.debug("{}: {}", name, Faults.sentence(passing));
    } catch (KafkaException fault) {
      failed(fault);
    } finally {
      mailbox.endPoll();
    }
    return ConsumerRecords.empty();
  }

  private ConsumerRecords<byte[], byte[]> pollUnlocked(Duration timeout) {
    lock.unlock();
    try {
      return consumer.poll(timeout);
    } finally {
      lock.lock();
    }
  }

  private Duration pollTimeout() {
    var fetch = fetches.waiting();
    if (!deferred.isEmpty() || joining != null || placing.isRetrying()) {
      return BUSY_POLL;
    }
    if (fetch == null) {
      return IDLE_POLL;
    }
    return fetch.isEmpty() ? fetch.left(System.nanoTime()) : BUSY_POLL;
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (var entry : records.nextOffsets().entrySet()) {
      var partition = entry.getKey();
      var one =
          assignment.find(
              new io.kafkafetch.application.driving.PartitionId(
                  partition.topic(), partition.partition()));
      if (one.isPresent() && one.get().placed) {
        var found = records.records(partition);
        assignment.advanced(one.get(), entry.getValue().offset(), !found.isEmpty());
        if (!found.isEmpty()) {
          assignment
              .buffer()
              .add(new ConsumerRecordBatch(one.get().source(), found, one.get().fetched));
        }
      }
    }
    if (!records.isEmpty()) {
      fetches.stopReadingAhead();
    }
    var fetch = fetches.waiting();
    if (records.isEmpty() && fetch != null && !fetch.isEmpty()) {
      // What was known to be there did not come at once; who waits has enough to go on.
      fetches.answer(fetch);
    }
  }

  /**
   * Records were deleted before they were read, or the offset never was: it is said, not hidden.
   */
  private void outOfRange(OffsetOutOfRangeException fault) {
    try {
      var gone = fault.offsetOutOfRangePartitions();
      var begins = undisturbed(() -> consumer.beginningOffsets(gone.keySet(), PROBE));
      var ends = undisturbed(() -> consumer.endOffsets(gone.keySet(), PROBE));
      for (var entry : gone.entrySet()) {
        long begin = begins.getOrDefault(entry.getKey(), 0L);
        long end = ends.getOrDefault(entry.getKey(), begin);
        long to = entry.getValue() < begin ? begin : placing.afterTheEnd(begin, end);
        LOG.warn(
            "{}: {} of {} is gone, going on at {}", name, entry.getValue(), entry.getKey(), to);
        assignment.all().stream()
            .filter(one -> one.partition.equals(entry.getKey()))
            .forEach(one -> assignment.skip(one, to));
      }
    } catch (KafkaException later) {
      LOG.debug("{}: {}", name, Faults.sentence(later));
    }
  }

  private void failed(KafkaException fault) {
    fetches.stopReadingAhead();
    refuse(SessionFaults.of(fault));
    LockSupport.parkNanos(FAULT_PAUSE);
  }

  /** What Kafka refuses is told to whoever waits; it may be allowed later. */
  void refuse(Refusal reason) {
    LOG.warn("Session {}: {}", name, reason.detail());
    var join = joining;
    joining = null;
    if (join != null) {
      join.fail(reason);
    }
    fetches.fail(reason);
  }

  /** Runs a call that waits; a wake-up that was meant for a poll does not end it. */
  <T> T undisturbed(Supplier<T> call) {
    return mailbox.undisturbed(call);
  }

  /** Leaves the group and closes the client. */
  void close(Duration timeout) {
    undisturbed(() -> {
      consumer.close(
          CloseOptions.timeout(timeout)
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
      return timeout;
    });
  }
}
