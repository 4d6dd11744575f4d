package io.kafkafetch.application.memory;

import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A consumer group: who is a member, who has which partition, and what was committed. A partition
 * has one owner at a time, and only that one commits. Everything is done under this object's
 * monitor, and nothing here waits.
 */
final class MemoryGroup {
  private final MemoryTopics topics;
  private final List<MemoryMember> members = new ArrayList<>();
  private final Map<SourcePartition, PartitionRun> owners = new HashMap<>();
  private final Map<Place, CommittedOffset> committed = new HashMap<>();

  /** Offsets are kept by name, as Kafka does: an incarnation of a topic is told by its mark. */
  private record Place(String topic, int partition) {
    static Place of(SourcePartition source) {
      return new Place(source.topic(), source.partition());
    }
  }

  /** Who should have a partition. */
  private record Turn(MemoryMember member, MemoryLog log) {}

  /** Where a partition begins, and what every commit says of its topic. */
  record Start(CommittedOffset base, TopicEra era) {}

  MemoryGroup(MemoryTopics topics) {
    this.topics = topics;
  }

  synchronized void join(MemoryMember member) {
    members.add(member);
    rebalance();
  }

  /** Lets go of all that the member has; others take over what it has closed. */
  synchronized void leave(MemoryMember member) {
    if (members.remove(member)) {
      rebalance();
    }
  }

  synchronized boolean isEmpty() {
    return members.isEmpty() && owners.isEmpty();
  }

  /** Topics came, grew or went. */
  synchronized void topicsChanged() {
    if (!members.isEmpty()) {
      rebalance();
    }
  }

  /** The owner has closed, or its time is up: somebody else may take the partition. */
  synchronized void released(PartitionRun run) {
    if (owners.remove(run.source(), run)) {
      assign();
    }
  }

  private void rebalance() {
    var wanted = wanted();
    for (var run : owners.values()) {
      var turn = wanted.get(run.source());
      if (turn == null || turn.member() != run.member()) {
        run.retire();
      }
    }
    assign();
    members.forEach(member -> member.rebalanced(topics.find(member.topic()).isPresent()));
  }

  /** Gives every partition that nobody has to the member whose turn it is. */
  private void assign() {
    wanted()
        .forEach((source, turn) -> {
          if (!owners.containsKey(source)) {
            var run = turn.member().open(turn.log());
            owners.put(source, run);
            run.start();
          }
        });
  }

  /** Round-robin over the members that want the topic, in the order in which they joined. */
  private Map<SourcePartition, Turn> wanted() {
    var wanted = new HashMap<SourcePartition, Turn>();
    var names = members.stream().map(MemoryMember::topic).distinct().toList();
    for (var name : names) {
      var sharing = members.stream().filter(member -> member.topic().equals(name)).toList();
      for (var log : topics.find(name).map(MemoryTopics.Topic::logs).orElse(List.of())) {
        int turn = log.source().partition() % sharing.size();
        wanted.put(log.source(), new Turn(sharing.get(turn), log));
      }
    }
    return wanted;
  }

  /**
   * Where the group is in a partition. A start that the reset policy names is committed at once, so
   * that it is the same after a crash. Empty when {@code run} does not own the partition any more.
   */
  synchronized Optional<Start> start(PartitionRun run, OffsetReset reset) {
    if (owners.get(run.source()) != run) {
      return Optional.empty();
    }
    var era = era(run.source());
    var found = Optional.ofNullable(committed.get(Place.of(run.source())));
    if (found.isPresent() && !isOfOlderTopic(found.get(), run.source())) {
      return Optional.of(new Start(found.get(), era));
    }
    // A partition that came later, or a topic that was made anew, is read from its beginning.
    boolean fromEnd =
        found.isEmpty()
            && reset == OffsetReset.LATEST
            && run.source().partition() < era.partitions();
    var base = new CommittedOffset(fromEnd ? run.log().end() : 0, CommitMark.writeUndecided(era));
    committed.put(Place.of(run.source()), base);
    return Optional.of(new Start(base, era));
  }

  private static boolean isOfOlderTopic(CommittedOffset found, SourcePartition source) {
    return CommitMark.topic(found.metadata())
        .filter(mark -> !mark.topicId().equals(source.topicId()))
        .isPresent();
  }

  /** The topic as it was when the group began with it, told by any commit of ours. */
  private TopicEra era(SourcePartition source) {
    int partitions =
        committed.entrySet().stream()
            .filter(entry -> entry.getKey().topic().equals(source.topic()))
            .flatMap(entry -> CommitMark.topic(entry.getValue().metadata()).stream())
            .filter(mark -> mark.topicId().equals(source.topicId()))
            .mapToInt(TopicEra::partitions)
            .min()
            .orElseGet(
                () -> topics.find(source.topic()).map(topic -> topic.logs().size()).orElse(0));
    return new TopicEra(source.topicId(), partitions);
  }

  /** False when {@code run} does not own the partition any more; nothing is committed then. */
  synchronized boolean commit(PartitionRun run, CommittedOffset offset) {
    if (owners.get(run.source()) != run) {
      return false;
    }
    committed.put(Place.of(run.source()), offset);
    return true;
  }

  synchronized Optional<CommittedOffset> committed(String topic, int partition) {
    return Optional.ofNullable(committed.get(new Place(topic, partition)));
  }

  /** Sets an offset from outside, without a mark of ours, as Kafka's own tools do. */
  synchronized void move(String topic, int partition, long offset) {
    if (!isEmpty()) {
      throw new IllegalStateException("Offsets of a group that has members cannot be moved");
    }
    committed.put(new Place(topic, partition), new CommittedOffset(offset, ""));
  }

  /** Sets offsets from outside, with whatever metadata they bring. */
  synchronized void move(Map<TopicPartitionName, CommittedOffset> offsets) {
    if (!isEmpty()) {
      throw new IllegalStateException("Offsets of a group that has members cannot be moved");
    }
    offsets.forEach(
        (name, offset) -> committed.put(new Place(name.topic(), name.partition()), offset));
  }

  /** Everything that was committed. */
  synchronized Map<TopicPartitionName, CommittedOffset> committed() {
    var all = new HashMap<TopicPartitionName, CommittedOffset>();
    committed.forEach((place, offset) ->
        all.put(new TopicPartitionName(place.topic(), place.partition()), offset));
    return all;
  }

  /** The members, by the topics that they read. */
  synchronized List<String> memberNames() {
    return members.stream().map(member -> "member of " + member.topic()).toList();
  }
}
