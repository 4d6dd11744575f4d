package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader.Assigned;
import io.kafkafetch.application.driven.SessionReader.Fetched;
import io.kafkafetch.application.driven.SessionReader.Order;
import io.kafkafetch.application.driven.SessionReader.Span;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SeekTarget;
import io.kafkafetch.application.driving.SessionPositions;
import io.kafkafetch.application.driving.SessionPositions.Place;
import io.kafkafetch.domain.consumer.TopicName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What a session's client asks for, done on the polling thread. */
final class SessionCommands {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration LAG = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final SessionLoop loop;
  private final SessionAssignment assignment;
  private final SessionCommits commits;
  private final SessionReplay replay;

  SessionCommands(Consumer<byte[], byte[]> consumer, SessionLoop loop) {
    this.consumer = consumer;
    this.loop = loop;
    this.assignment = loop.assignment();
    this.commits = new SessionCommits(consumer, loop);
    this.replay = new SessionReplay(consumer, loop);
  }

  void subscribe(List<TopicName> topics, CompletableFuture<Assigned> reply) {
    loop.joining(reply, false);
    assignment.subscribe(topics.stream().map(TopicName::value).toList());
  }

  void assign(Collection<PartitionId> partitions, CompletableFuture<Assigned> reply) {
    loop.joining(reply, true);
    loop.undisturbed(() -> {
      assignment.assign(partitions);
      return partitions;
    });
  }

  void fetch(Order order, CompletableFuture<Fetched> reply) {
    requireEra(order.era());
    if (!order.commitAnswered()) {
      begin(order, reply);
      return;
    }
    var committed = new CompletableFuture<Map<PartitionId, Long>>();
    var _ =
        committed.whenComplete((_, fault) -> {
          if (fault != null) {
            reply.completeExceptionally(fault);
          } else {
            SessionReplies.answer(
                reply,
                () -> {
                  requireEra(order.era());
                  begin(order, reply);
                });
          }
        });
    commits.answered(order.era(), committed);
  }

  private void begin(Order order, CompletableFuture<Fetched> reply) {
    if (loop.fetches().isWaiting()) {
      throw new Refusal.Conflict("Another poll of this session waits.", Duration.ofSeconds(1));
    }
    loop.fetches().begin(order, reply);
  }

  private void requireEra(OptionalLong era) {
    if (era.isPresent() && era.getAsLong() != assignment.era()) {
      throw SessionFaults.stale();
    }
  }

  void repeat(long era, List<Span> spans, boolean atHand, CompletableFuture<Fetched> reply) {
    if (era != assignment.era()) {
      replay.rewind(era, spans);
      throw SessionFaults.stale();
    }
    var batches = atHand ? List.<ConsumerRecordBatch>of() : replay.read(spans);
    long bytes = batches.stream().mapToLong(ConsumerRecordBatch::sizeInBytes).sum();
    reply.complete(
        new Fetched(
            era,
            List.copyOf(batches),
            bytes,
            assignment.positions(),
            Optional.empty(),
            List.of(),
            () -> {}));
  }

  void commit(
      Optional<Map<PartitionId, Long>> offsets, CompletableFuture<Map<PartitionId, Long>> reply) {
    if (offsets.isPresent()) {
      commits.given(offsets.get(), reply);
    } else {
      commits.answered(reply);
    }
  }

  void seek(PartitionId id, SeekTarget target, CompletableFuture<Long> reply) {
    var one =
        assignment
            .find(id)
            .orElseThrow(
                () -> new Refusal.Invalid("partition", id + " is not assigned to this session"));
    assignment.seek(Map.of(one, loop.undisturbed(() -> offset(one.partition, target))));
    reply.complete(assignment.era());
  }

  private long offset(TopicPartition partition, SeekTarget target) {
    return switch (target) {
      case SeekTarget.Beginning _ ->
          found(consumer.beginningOffsets(Set.of(partition), ANSWER), partition);
      case SeekTarget.End _ -> end(partition);
      case SeekTarget.Offset(long offset) -> within(offset, end(partition));
      case SeekTarget.Since(var time) -> {
        var first =
            consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli()), ANSWER).get(partition);
        yield first == null ? end(partition) : first.offset();
      }
    };
  }

  private long end(TopicPartition partition) {
    return found(consumer.endOffsets(Set.of(partition), ANSWER), partition);
  }

  private static long found(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    var offset = offsets.get(partition);
    if (offset == null) {
      throw new Refusal.NotFound("Topic not found: " + partition.topic());
    }
    return offset;
  }

  private static long within(long offset, long end) {
    if (offset < 0 || offset > end) {
      throw new Refusal.Invalid("offset", "must be from 0 to " + end + ", the end of the log");
    }
    return offset;
  }

  void resumeAt(Map<PartitionId, Long> offsets, CompletableFuture<Long> reply) {
    var found = new HashMap<SessionPartition, Long>();
    offsets.forEach(
        (id, offset) -> assignment.find(id).ifPresent(one -> found.put(one, Math.max(0, offset))));
    if (!found.isEmpty()) {
      assignment.seek(found);
    }
    reply.complete(assignment.era());
  }

  void positions(CompletableFuture<SessionPositions> reply) {
    var ends = ends();
    var places = new TreeMap<PartitionId, Place>();
    for (var one : assignment.all()) {
      var end = ends.get(one.partition);
      places.put(
          one.id,
          one.placed
              ? new Place(
                  OptionalLong.of(one.position),
                  end == null
                      ? OptionalLong.empty()
                      : OptionalLong.of(Math.max(0, end - one.position)))
              : new Place(OptionalLong.empty(), OptionalLong.empty()));
    }
    reply.complete(new SessionPositions(places, assignment.byTopic()));
  }

  /** Positions are known here; only the lag needs Kafka, and stays unknown while it is away. */
  private Map<TopicPartition, Long> ends() {
    try {
      return loop.undisturbed(() -> consumer.endOffsets(assignment.placed(), LAG));
    } catch (KafkaException away) {
      return Map.of();
    }
  }
}
