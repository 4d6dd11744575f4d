package io.kafkafetch.application.offsets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.ClusterGroups.Session;
import io.kafkafetch.application.driving.OffsetMove;
import io.kafkafetch.application.driving.OffsetMove.Target;
import io.kafkafetch.application.driving.OffsetPlan.PartitionMove;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Works out what a move does in each partition. */
final class MovePlanning {
  private final Consumer consumer;
  private final TopicSight sight;
  private final List<PartitionMove> moves;

  private MovePlanning(Consumer consumer, TopicSight sight, List<PartitionMove> moves) {
    this.consumer = consumer;
    this.sight = sight;
    this.moves = moves;
  }

  static MovePlanning of(Session session, Consumer consumer, TopicSight sight, OffsetMove move) {
    var partitions = partitions(sight, move);
    var targets = targets(session, consumer, sight, move.to(), partitions);
    var moves = new ArrayList<PartitionMove>();
    for (int partition : partitions) {
      moves.add(move(consumer, sight, partition, targets.getOrDefault(partition, 0L)));
    }
    return new MovePlanning(consumer, sight, List.copyOf(moves));
  }

  List<PartitionMove> moves() {
    return moves;
  }

  private static SortedSet<Integer> partitions(TopicSight sight, OffsetMove move) {
    var wanted = new TreeSet<>(sight.ranges().keySet());
    if (move.to() instanceof Target.Offsets(var byPartition)) {
      if (move.partitions().isPresent()) {
        throw new Refusal.Invalid(
            "partitions", "must not be given together with offsets, which name theirs");
      }
      refuseWrong(byPartition, sight);
      wanted.retainAll(byPartition.keySet());
    }
    move.partitions()
        .ifPresent(named -> {
          var violations = new Violations();
          for (int partition : named) {
            if (!sight.ranges().containsKey(partition)) {
              violations.add("partitions", unknown(partition, sight));
            }
          }
          violations.refuseIfAny();
          wanted.retainAll(named);
        });
    if (wanted.isEmpty()) {
      throw new Refusal.Invalid("partitions", "must name at least one partition");
    }
    return wanted;
  }

  /** Every partition that is not there, and every offset that its log does not reach to. */
  private static void refuseWrong(Map<Integer, Long> wanted, TopicSight sight) {
    var violations = new Violations();
    wanted.forEach((partition, offset) -> {
      var field = "to.offsets." + partition;
      if (!sight.ranges().containsKey(partition)) {
        violations.add(field, unknown(partition, sight));
        return;
      }
      var range = range(sight, partition);
      if (offset < range.start() || offset > range.end()) {
        violations.add(field, "must be from " + range.start() + " to " + range.end());
      }
    });
    violations.refuseIfAny();
  }

  private static String unknown(int partition, TopicSight sight) {
    return "names partition "
        + partition
        + "; topic "
        + sight.topic()
        + " has the partitions 0 to "
        + (sight.ranges().size() - 1);
  }

  private static Map<Integer, Long> targets(
      Session session,
      Consumer consumer,
      TopicSight sight,
      Target to,
      SortedSet<Integer> partitions) {
    var targets = new HashMap<Integer, Long>();
    switch (to) {
      case Target.Earliest _ -> partitions.forEach(p -> targets.put(p, range(sight, p).start()));
      case Target.Latest _ -> partitions.forEach(p -> targets.put(p, range(sight, p).end()));
      case Target.Shift(long offsets) ->
          partitions.forEach(
              p -> targets.put(p, shifted(next(consumer, sight, p), offsets, range(sight, p))));
      case Target.Offsets(var byPartition) -> targets.putAll(byPartition);
      case Target.AtTime(var time) -> {
        var times = new TreeMap<TopicPartitionName, Instant>();
        partitions.forEach(p -> times.put(new TopicPartitionName(sight.topic(), p), time));
        session
            .offsetsAt(times)
            .forEach((name, found) -> {
              var range = range(sight, name.partition());
              long offset = found.orElse(range.end());
              targets.put(name.partition(), Math.clamp(offset, range.start(), range.end()));
            });
      }
    }
    return targets;
  }

  private static long shifted(long from, long offsets, LogRange range) {
    // Bounded first, so that no shift of any size overflows.
    long bounded = Math.clamp(offsets, range.start() - range.end(), range.end() - range.start());
    return Math.clamp(from + bounded, range.start(), range.end());
  }

  private static LogRange range(TopicSight sight, int partition) {
    return Optional.ofNullable(sight.ranges().get(partition)).orElseThrow();
  }

  /** Where the consumer would go on reading if nothing were moved. */
  private static long next(Consumer consumer, TopicSight sight, int partition) {
    var range = range(sight, partition);
    var committed = sight.offset(partition);
    if (committed.isPresent()) {
      return Math.clamp(committed.getAsLong(), range.start(), range.end());
    }
    return consumer.spec().offsetReset() == OffsetReset.LATEST ? range.end() : range.start();
  }

  private static PartitionMove move(
      Consumer consumer, TopicSight sight, int partition, long target) {
    long next = next(consumer, sight, partition);
    return new PartitionMove(
        partition,
        sight.offset(partition),
        target,
        Math.max(0, next - target),
        Math.max(0, target - next));
  }

  /** Another token when anything is different that the plan was made from. */
  String token() {
    var spec = consumer.spec();
    var text = new StringBuilder();
    text.append(consumer.id()).append('\n').append(spec.cluster().bootstrap()).append('\n');
    text.append(sight.topicId()).append('\n').append(spec.group()).append('\n');
    for (var move : moves) {
      text.append(move.partition()).append(' ').append(move.to()).append(' ');
      text.append(move.replayed()).append(' ').append(move.skipped()).append(' ');
      var committed = sight.committed().get(move.partition());
      text.append(committed == null ? "-" : committed.offset() + " " + committed.metadata());
      text.append('\n');
    }
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
