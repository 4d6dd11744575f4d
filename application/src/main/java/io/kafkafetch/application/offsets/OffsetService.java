package io.kafkafetch.application.offsets;

import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.ConsumerOffsets;
import io.kafkafetch.application.driving.OffsetMove;
import io.kafkafetch.application.driving.OffsetPlan;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a consumer's group is, and moving it while nobody reads. */
public final class OffsetService implements ConsumerOffsets {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetService.class);

  private final Consumers consumers;
  private final ClusterGroups clusters;

  /** The use cases over these ports. */
  public OffsetService(Consumers consumers, ClusterGroups clusters) {
    this.consumers = consumers;
    this.clusters = clusters;
  }

  @Override
  public Positions positions(String id) {
    var spec = find(id).spec();
    return clusters.ask(
        spec.cluster(),
        session ->
            new Positions(
                spec.topic().value(), spec.group().value(), TopicSight.of(session, spec).lags()));
  }

  @Override
  public OffsetPlan plan(String id, OffsetMove move) {
    var consumer = find(id);
    return clusters.ask(
        consumer.spec().cluster(),
        session -> {
          var sight = TopicSight.of(session, consumer.spec());
          var planning = MovePlanning.of(session, consumer, sight, move);
          return new OffsetPlan(
              planning.token(), obstacle(session, consumer), planning.moves(), false);
        });
  }

  @Override
  public OffsetPlan move(String id, OffsetMove move, Optional<String> token) {
    var consumer = find(id);
    return clusters.ask(
        consumer.spec().cluster(),
        session -> {
          obstacle(session, consumer)
              .ifPresent(reason -> {
                throw new Refusal.Conflict(reason);
              });
          var sight = TopicSight.of(session, consumer.spec());
          var planning = planning(session, consumer, sight, move, token);
          session.commit(consumer.spec().group().value(), commits(sight, planning));
          LOG.info(
              "Consumer {}: group {} was moved in topic {}: {}",
              consumer.id(),
              consumer.spec().group(),
              consumer.spec().topic(),
              planning.moves());
          return new OffsetPlan(planning.token(), Optional.empty(), planning.moves(), true);
        });
  }

  private static MovePlanning planning(
      ClusterGroups.Session session,
      Consumer consumer,
      TopicSight sight,
      OffsetMove move,
      Optional<String> token) {
    try {
      var planning = MovePlanning.of(session, consumer, sight, move);
      if (token.filter(seen -> !seen.equals(planning.token())).isEmpty()) {
        return planning;
      }
    } catch (Refusal.Invalid invalid) {
      // A plan was made of it, so it was valid then.
      if (token.isEmpty()) {
        throw invalid;
      }
    }
    throw new Refusal.Conflict(
        "Offsets or the log have moved since the plan was made; make a new plan with dry_run");
  }

  private static Map<TopicPartitionName, CommittedOffset> commits(
      TopicSight sight, MovePlanning planning) {
    var metadata = CommitMark.writeMoved(sight.generation() + 1, sight.era());
    var commits = new HashMap<TopicPartitionName, CommittedOffset>();
    for (var move : planning.moves()) {
      commits.put(
          new TopicPartitionName(sight.topic(), move.partition()),
          new CommittedOffset(move.to(), metadata));
    }
    return commits;
  }

  private static Optional<String> obstacle(ClusterGroups.Session session, Consumer consumer) {
    boolean active =
        switch (consumer.state()) {
          case ConsumerState.Active _ -> true;
          case ConsumerState.Inactive _, ConsumerState.InError _ -> false;
        };
    if (active) {
      return Optional.of(
          "Consumer "
              + consumer.id()
              + " is ACTIVE; its offsets can be moved once it is stopped (POST /consumers/"
              + consumer.id()
              + "/stop)");
    }
    var group = consumer.spec().group().value();
    List<String> members = session.membersOf(group);
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Group '"
                + group
                + "' still has members, and offsets can only be moved when none is left: "
                + String.join(", ", members));
  }

  private Consumer find(String id) {
    return ConsumerId.parse(id)
        .flatMap(consumers::find)
        .orElseThrow(() -> new Refusal.NotFound("Consumer " + id + " not found"));
  }
}
