package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.lag.CommittedOffset;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds where a group is, or should begin, in a partition. Blocks for a bounded time, so it belongs
 * on a partition worker, never on a polling thread.
 */
final class PartitionOffsets {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ListOffsetsOptions COMMITTED =
      new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

  private final Admin admin;
  private final ConsumerSpec spec;

  PartitionOffsets(Admin admin, ConsumerSpec spec) {
    this.admin = admin;
    this.spec = spec;
  }

  /**
   * Where a group is in a partition.
   *
   * @param base the committed offset, or the one to begin with
   * @param era what every commit says of the topic
   * @param committed whether {@code base} is what the group has committed; if not, it is to be
   *     committed before anything else, so that a kill cannot change where it begins
   */
  record Place(CommittedOffset base, TopicEra era, boolean committed) {}

  /** Where a group is in several partitions; of those it has not committed, as soon as is known. */
  final class Places {
    private final Map<TopicPartition, Place> committed = new HashMap<>();
    private final Map<TopicPartition, TopicEra> uncommitted = new HashMap<>();
    private final ListOffsetsResult starts;

    private Places(
        Collection<TopicPartition> partitions,
        Map<TopicPartition, OffsetAndMetadata> all,
        TopicState topic,
        TopicEra era) {
      var asked = new HashMap<TopicPartition, OffsetSpec>();
      for (var partition : partitions) {
        var found = Optional.ofNullable(all.get(partition));
        var metadata = found.map(OffsetAndMetadata::metadata).orElse("");
        // An offset of a topic which is gone says nothing; this one is read from its beginning.
        boolean older =
            CommitMark.topic(metadata)
                .filter(mark -> !mark.topicId().equals(topic.id()))
                .isPresent();
        if (found.isPresent() && !older) {
          var base = new CommittedOffset(found.get().offset(), metadata);
          committed.put(partition, new Place(base, era, true));
        } else {
          uncommitted.put(partition, era);
          asked.put(partition, older ? OffsetSpec.earliest() : start(partition, era));
        }
      }
      starts = admin.listOffsets(asked, COMMITTED);
    }

    /**
     * Where the group is in that one of them.
     *
     * @throws KafkaException when its leader does not say where it begins
     */
    Place of(TopicPartition partition) {
      var known = Optional.ofNullable(committed.get(partition));
      return known.orElseGet(() -> {
        long offset = get(starts.partitionResult(partition)).offset();
        var era = Objects.requireNonNull(uncommitted.get(partition));
        return new Place(new CommittedOffset(offset, CommitMark.writeUndecided(era)), era, false);
      });
    }
  }

  /**
   * Where the group is in those partitions of that incarnation of the topic.
   *
   * @param later whether the topic came after the consumer had begun: it is then read from its
   *     beginning unless the group has committed something in it
   */
  Places places(Collection<TopicPartition> partitions, TopicState topic, boolean later) {
    var options = new ListConsumerGroupOffsetsOptions().requireStable(true);
    Map<TopicPartition, OffsetAndMetadata> all =
        get(
            admin
                .listConsumerGroupOffsets(spec.group().value(), options)
                .partitionsToOffsetAndMetadata());
    return new Places(partitions, all, topic, era(all, topic, later));
  }

  /**
   * The topic as it was when the group began with it, told by any commit of ours. Of one that came
   * later all partitions came later, and every commit says so to members that do not know.
   */
  private TopicEra era(
      Map<TopicPartition, OffsetAndMetadata> all, TopicState topic, boolean later) {
    int partitions =
        all.entrySet().stream()
            .filter(entry -> entry.getKey().topic().equals(topic.name()))
            .filter(entry -> entry.getValue() != null)
            .flatMap(entry ->
                CommitMark.topic(Optional.ofNullable(entry.getValue().metadata()).orElse(""))
                    .stream())
            .filter(mark -> mark.topicId().equals(topic.id()))
            .mapToInt(TopicEra::partitions)
            .min()
            .orElse(later ? 0 : topic.partitions());
    return new TopicEra(topic.id(), partitions);
  }

  private OffsetSpec start(TopicPartition partition, TopicEra era) {
    boolean old = partition.partition() < era.partitions();
    return switch (old ? spec.offsetReset() : OffsetReset.EARLIEST) {
      case EARLIEST -> OffsetSpec.earliest();
      case LATEST -> OffsetSpec.latest();
    };
  }

  /** The oldest offset that the partition still has. */
  long logStart(TopicPartition partition) {
    return offset(partition, OffsetSpec.earliest());
  }

  /** One past the newest offset that a committed reader sees. */
  long logEnd(TopicPartition partition) {
    return offset(partition, OffsetSpec.latest());
  }

  private long offset(TopicPartition partition, OffsetSpec which) {
    return get(admin.listOffsets(Map.of(partition, which), COMMITTED).partitionResult(partition))
        .offset();
  }

  /** The topic as it is now; empty when there is none of that name. */
  static Optional<TopicState> describe(Admin admin, String topic) {
    try {
      var description =
          Objects.requireNonNull(
              get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
      return Optional.of(
          new TopicState(topic, description.topicId().toString(), description.partitions().size()));
    } catch (org.apache.kafka.common.errors.UnknownTopicOrPartitionException gone) {
      return Optional.empty();
    }
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "No answer within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }
}
