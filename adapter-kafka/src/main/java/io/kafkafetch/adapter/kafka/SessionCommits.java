package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.Violation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Commits for a session's client, and waits for Kafka to say so. While the group rebalances it
 * takes no commits; then it is tried again, for a while, after the poll that takes part in it.
 */
final class SessionCommits {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final SessionLoop loop;
  private final SessionAssignment assignment;

  SessionCommits(Consumer<byte[], byte[]> consumer, SessionLoop loop) {
    this.consumer = consumer;
    this.loop = loop;
    this.assignment = loop.assignment();
  }

  /** Commits what was answered and is not committed; says so when a part of it was lost. */
  void answered(CompletableFuture<Map<PartitionId, Long>> reply) {
    var lost = assignment.takeLost();
    if (!lost.isEmpty()) {
      throw new Refusal.Conflict(
          "The group has taken "
              + lost.stream().map(PartitionId::toString).collect(Collectors.joining(", "))
              + " away before that was committed; who reads on will answer its records again."
              + " Nothing was committed; commit again for the other partitions");
    }
    answered(OptionalLong.empty(), reply);
  }

  /** Commits what was answered and is not committed; in that era only, when one is given. */
  void answered(OptionalLong era, CompletableFuture<Map<PartitionId, Long>> reply) {
    // What is answered while the commit is put off is for whoever asks after that.
    var asked = answered();
    retrying(
        reply,
        System.nanoTime() + LIMIT.toNanos(),
        () -> {
          if (era.isPresent() && era.getAsLong() != assignment.era()) {
            throw SessionFaults.stale();
          }
          var ours = new HashMap<>(asked);
          ours.keySet().retainAll(assignment.all());
          return ours;
        });
  }

  private Map<SessionPartition, Long> answered() {
    var offsets = new HashMap<SessionPartition, Long>();
    for (var one : assignment.all()) {
      if (one.hasToCommit()) {
        offsets.put(one, one.answered.getAsLong());
      }
    }
    return offsets;
  }

  /** Commits these offsets. */
  void given(Map<PartitionId, Long> wanted, CompletableFuture<Map<PartitionId, Long>> reply) {
    resolve(wanted);
    retrying(reply, System.nanoTime() + LIMIT.toNanos(), () -> resolve(wanted));
  }

  private Map<SessionPartition, Long> resolve(Map<PartitionId, Long> wanted) {
    var offsets = new HashMap<SessionPartition, Long>();
    var violations = new java.util.ArrayList<Violation>();
    wanted.forEach((id, offset) ->
        assignment
            .find(id)
            .ifPresentOrElse(
                one -> offsets.put(one, offset),
                () ->
                    violations.add(
                        new Violation(
                            "offsets." + id.topic() + "." + id.partition(),
                            "is not assigned to this session"))));
    if (!violations.isEmpty()) {
      throw new Refusal.Invalid(violations);
    }
    return offsets;
  }

  private void retrying(
      CompletableFuture<Map<PartitionId, Long>> reply,
      long until,
      Supplier<Map<SessionPartition, Long>> offsets) {
    SessionReplies.answer(
        reply,
        () -> {
          try {
            reply.complete(commit(offsets.get()));
          } catch (RebalanceInProgressException passing) {
            if (System.nanoTime() - until >= 0) {
              throw passing;
            }
            loop.defer(() -> retrying(reply, until, offsets));
          }
        });
  }

  private Map<PartitionId, Long> commit(Map<SessionPartition, Long> offsets) {
    var wire = new HashMap<TopicPartition, OffsetAndMetadata>();
    offsets.forEach((one, offset) -> wire.put(one.partition, one.commit(offset)));
    if (!wire.isEmpty()) {
      loop.undisturbed(() -> {
        consumer.commitSync(wire, LIMIT);
        return wire;
      });
    }
    offsets.forEach((one, offset) -> one.committed = offset);
    var committed = new TreeMap<PartitionId, Long>();
    offsets.forEach((one, offset) -> committed.put(one.id, offset));
    return committed;
  }
}
