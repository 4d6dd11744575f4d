package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Questions to one cluster through one admin client; together they have one time limit. */
final class GroupSession implements ClusterGroups.Session {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** An answer that takes longer makes us look whether the brokers are there at all. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final Admin admin;
  private final ClusterAddress cluster;
  private final ClientProperties properties;
  private final long deadline = System.nanoTime() + LIMIT.toNanos();

  GroupSession(Admin admin, ClusterAddress cluster, ClientProperties properties) {
    this.admin = admin;
    this.cluster = cluster;
    this.properties = properties;
  }

  private <T> T get(KafkaFuture<T> answer) {
    if (!isSoonThere(answer) && connections() == 0) {
      // The client goes on trying brokers that refuse connections, and whoever asks would wait.
      properties.probeForAQuestion(cluster);
    }
    return AdminAnswers.get(answer, left());
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  private boolean isSoonThere(KafkaFuture<?> answer) {
    try {
      answer.get(Math.min(PATIENCE.toMillis(), left().toMillis()), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException slow) {
      return false;
    } catch (ExecutionException failed) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** How many connections the client has: while there is one, the cluster is only slow. */
  private double connections() {
    return admin.metrics().entrySet().stream()
        .filter(metric ->
            metric.getKey().group().equals("admin-client-metrics")
                && metric.getKey().name().equals("connection-count"))
        .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
        .sum();
  }

  @Override
  public Set<String> groups() {
    return get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
        .map(GroupListing::groupId)
        .collect(Collectors.toSet());
  }

  @Override
  public Map<String, Map<TopicPartitionName, CommittedOffset>> committed(
      Collection<String> groups) {
    var answers =
        admin.listConsumerGroupOffsets(
            groups.stream()
                .distinct()
                .collect(
                    Collectors.toMap(
                        Function.identity(), _ -> new ListConsumerGroupOffsetsSpec())));
    var committed = new HashMap<String, Map<TopicPartitionName, CommittedOffset>>();
    for (var group : groups) {
      committed.put(group, committed(answers.partitionsToOffsetAndMetadata(group)));
    }
    return committed;
  }

  private Map<TopicPartitionName, CommittedOffset> committed(
      KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> answer) {
    var offsets = new HashMap<TopicPartitionName, CommittedOffset>();
    try {
      get(answer)
          .forEach((partition, offset) -> {
            if (offset != null) {
              offsets.put(
                  name(partition),
                  new CommittedOffset(
                      offset.offset(), Optional.ofNullable(offset.metadata()).orElse("")));
            }
          });
    } catch (GroupIdNotFoundException unknown) {
      return Map.of();
    }
    return offsets;
  }

  @Override
  public Map<String, Integer> partitions(Collection<String> topics) {
    return describe(topics, description -> description.partitions().size());
  }

  @Override
  public Map<String, String> topicIds(Collection<String> topics) {
    return describe(topics, description -> description.topicId().toString());
  }

  private <T> Map<String, T> describe(
      Collection<String> topics, Function<TopicDescription, T> what) {
    var found = new HashMap<String, T>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach((topic, answer) -> {
          try {
            found.put(topic, what.apply(get(answer)));
          } catch (UnknownTopicOrPartitionException gone) {
            // A topic that is not there is left out, as the port says.
            found.remove(topic);
          }
        });
    return found;
  }

  @Override
  public Map<TopicPartitionName, ClusterGroups.LogRange> logRanges(
      Collection<TopicPartitionName> partitions) {
    var starts = offsets(partitions, _ -> OffsetSpec.earliest());
    var ends = offsets(partitions, _ -> OffsetSpec.latest());
    var ranges = new HashMap<TopicPartitionName, ClusterGroups.LogRange>();
    starts.forEach((name, start) -> {
      var end = ends.get(name);
      if (end != null) {
        ranges.put(name, new ClusterGroups.LogRange(start.offset(), end.offset()));
      }
    });
    return ranges;
  }

  @Override
  public Map<TopicPartitionName, Optional<Long>> offsetsAt(Map<TopicPartitionName, Instant> times) {
    var found = new HashMap<TopicPartitionName, Optional<Long>>();
    offsets(
            times.keySet(),
            name -> OffsetSpec.forTimestamp(times.getOrDefault(name, Instant.EPOCH).toEpochMilli()))
        .forEach((name, info) ->
            found.put(name, info.offset() < 0 ? Optional.empty() : Optional.of(info.offset())));
    return found;
  }

  private Map<TopicPartitionName, ListOffsetsResultInfo> offsets(
      Collection<TopicPartitionName> partitions, Function<TopicPartitionName, OffsetSpec> which) {
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(name -> asked.put(partition(name), which.apply(name)));
    var answers = admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    var found = new HashMap<TopicPartitionName, ListOffsetsResultInfo>();
    for (var partition : asked.keySet()) {
      try {
        found.put(name(partition), get(answers.partitionResult(partition)));
      } catch (UnknownTopicOrPartitionException gone) {
        // A partition that is not there is left out, as the port says.
        found.remove(name(partition));
      }
    }
    return found;
  }

  @Override
  public Map<TopicPartitionName, Map<Long, Instant>> timestampsAt(
      Map<TopicPartitionName, Set<Long>> offsets) {
    return RecordTimestamps.read(properties.recordReader(cluster), offsets, left());
  }

  @Override
  public List<String> membersOf(String group) {
    try {
      return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
          .flatMap(description -> description.members().stream())
          .map(member -> member.clientId() + " on " + member.host())
          .sorted()
          .toList();
    } catch (GroupIdNotFoundException unknown) {
      return List.of();
    }
  }

  @Override
  public void commit(String group, Map<TopicPartitionName, CommittedOffset> offsets) {
    get(
        admin
            .alterConsumerGroupOffsets(
                group,
                offsets.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            entry -> partition(entry.getKey()),
                            entry ->
                                new OffsetAndMetadata(
                                    entry.getValue().offset(), entry.getValue().metadata()))))
            .all());
  }

  private static TopicPartition partition(TopicPartitionName name) {
    return new TopicPartition(name.topic(), name.partition());
  }

  private static TopicPartitionName name(TopicPartition partition) {
    return new TopicPartitionName(partition.topic(), partition.partition());
  }
}
