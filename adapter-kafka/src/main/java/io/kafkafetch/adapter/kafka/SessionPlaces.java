package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Finds where a group is, or should begin, with one request of each kind for any number of
 * partitions, and without holding a thread.
 */
final class SessionPlaces {
  private final Supplier<Admin> admin;
  private final GroupId group;
  private final OffsetReset offsetReset;

  SessionPlaces(Supplier<Admin> admin, GroupId group, OffsetReset offsetReset) {
    this.admin = admin;
    this.group = group;
    this.offsetReset = offsetReset;
  }

  OffsetReset offsetReset() {
    return offsetReset;
  }

  /**
   * Where to read a partition.
   *
   * @param committed whether the group has committed that; if not, it is to be committed before the
   *     first record, so that a kill cannot change where the group begins
   */
  record Place(long offset, TopicEra era, boolean committed) {}

  /** The topics of these names; fails with a refusal that names one that does not exist. */
  CompletableFuture<Map<String, TopicState>> topics(Collection<String> names) {
    return begin(() -> {
      var found = new HashMap<String, TopicState>();
      CompletionStage<?> all = CompletableFuture.completedStage(found);
      for (var topic : admin.get().describeTopics(names).topicNameValues().entrySet()) {
        var stage = topic.getValue().toCompletionStage().handle(SessionPlaces::orRefusal);
        all =
            all.thenCombine(
                stage.thenApply(described -> described.named(topic.getKey())),
                (_, state) -> found.put(topic.getKey(), state));
      }
      return all.thenApply(_ -> Map.copyOf(found));
    });
  }

  private record Described(Optional<TopicDescription> topic, Optional<Throwable> fault) {
    TopicState named(String name) {
      if (fault.isPresent()) {
        throw fault.get() instanceof UnknownTopicOrPartitionException
            ? new Refusal.NotFound("Topic not found: " + name)
            : new CompletionException(fault.get());
      }
      var description = topic.orElseThrow();
      return new TopicState(
          name, description.topicId().toString(), description.partitions().size());
    }
  }

  private static Described orRefusal(
      @org.jspecify.annotations.Nullable TopicDescription description,
      @org.jspecify.annotations.Nullable Throwable fault) {
    var cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    return new Described(Optional.ofNullable(description), Optional.ofNullable(cause));
  }

  /** Fails with a refusal that names a partition which does not exist. */
  CompletableFuture<Void> require(Collection<PartitionId> partitions) {
    return topics(partitions.stream().map(PartitionId::topic).collect(Collectors.toSet()))
        .thenAccept(topics -> {
          for (var partition : partitions) {
            var topic = topics.get(partition.topic());
            if (topic == null || partition.partition() >= topic.partitions()) {
              throw new Refusal.Invalid(
                  "topics." + partition.topic(),
                  "has no partition "
                      + partition.partition()
                      + "; there are 0 to "
                      + (topic == null ? 0 : topic.partitions() - 1));
            }
          }
        });
  }

  /** Where to read these partitions. */
  CompletableFuture<Map<TopicPartition, Place>> places(Set<TopicPartition> partitions) {
    return topics(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
        .thenCompose(topics ->
            committed(topics.values()).thenCompose(all -> places(partitions, topics, all)));
  }

  /** The group's commits in all partitions of the topics: any of them tells the topic's era. */
  private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed(
      Collection<TopicState> topics) {
    var all =
        topics.stream()
            .flatMap(topic ->
                IntStream.range(0, topic.partitions())
                    .mapToObj(number -> new TopicPartition(topic.name(), number)))
            .toList();
    var spec = new ListConsumerGroupOffsetsSpec().topicPartitions(all);
    return admin
        .get()
        .listConsumerGroupOffsets(
            Map.of(group.value(), spec), new ListConsumerGroupOffsetsOptions().requireStable(true))
        .partitionsToOffsetAndMetadata(group.value())
        .toCompletionStage();
  }

  private CompletionStage<Map<TopicPartition, Place>> places(
      Set<TopicPartition> partitions,
      Map<String, TopicState> topics,
      Map<TopicPartition, OffsetAndMetadata> committed) {
    var places = new HashMap<TopicPartition, Place>();
    var unknown = new HashMap<TopicPartition, OffsetSpec>();
    var eras = new HashMap<String, TopicEra>();
    topics.forEach((name, topic) -> eras.put(name, era(topic, committed)));
    for (var partition : partitions) {
      var era = eras.getOrDefault(partition.topic(), new TopicEra("", 0));
      var offset = committed.get(partition);
      if (offset == null) {
        boolean appearedLater = partition.partition() >= era.partitions();
        unknown.put(partition, appearedLater ? OffsetSpec.earliest() : beginning());
      } else if (isOfOlderTopic(offset, era)) {
        // That offset belongs to a topic which is gone; this one is read from its beginning.
        unknown.put(partition, OffsetSpec.earliest());
      } else {
        places.put(partition, new Place(offset.offset(), era, true));
      }
    }
    if (unknown.isEmpty()) {
      return CompletableFuture.completedStage(places);
    }
    return admin
        .get()
        .listOffsets(unknown, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .toCompletionStage()
        .thenApply(offsets -> {
          offsets.forEach((partition, found) ->
              places.put(
                  partition,
                  new Place(
                      found.offset(),
                      eras.getOrDefault(partition.topic(), new TopicEra("", 0)),
                      false)));
          return places;
        });
  }

  private OffsetSpec beginning() {
    return switch (offsetReset) {
      case EARLIEST -> OffsetSpec.earliest();
      case LATEST -> OffsetSpec.latest();
    };
  }

  /** The topic as it was when the group began with it, told by any commit of ours. */
  private static TopicEra era(TopicState topic, Map<TopicPartition, OffsetAndMetadata> committed) {
    int partitions =
        committed.entrySet().stream()
            .filter(entry -> entry.getKey().topic().equals(topic.name()))
            .flatMap(entry -> mark(entry.getValue()).stream())
            .filter(mark -> mark.topicId().equals(topic.id()))
            .mapToInt(TopicEra::partitions)
            .min()
            .orElse(topic.partitions());
    return new TopicEra(topic.id(), partitions);
  }

  private static boolean isOfOlderTopic(OffsetAndMetadata offset, TopicEra era) {
    return mark(offset).filter(mark -> !mark.topicId().equals(era.topicId())).isPresent();
  }

  private static Optional<TopicEra> mark(
      @org.jspecify.annotations.Nullable OffsetAndMetadata offset) {
    return Optional.ofNullable(offset).map(OffsetAndMetadata::metadata).flatMap(CommitMark::topic);
  }

  /** What a client throws at once is told like what it answers later. */
  private static <T> CompletableFuture<T> begin(Supplier<CompletionStage<T>> request) {
    try {
      return request.get().toCompletableFuture();
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }
}
