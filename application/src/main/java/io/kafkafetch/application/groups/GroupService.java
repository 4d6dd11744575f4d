package io.kafkafetch.application.groups;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.GroupMonitoring;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.PartitionLag;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Groups and lag: a handful of requests for each answer, however many groups it is about. */
public final class GroupService implements GroupMonitoring {
  private static final int MAX_GROUPS = 5_000;

  private final ClusterGroups clusters;
  private final Consumers consumers;
  private final ServerClusters servers;
  private final InstantSource clock;

  /** The use cases over these ports. */
  public GroupService(
      ClusterGroups clusters, Consumers consumers, ClusterAddress own, InstantSource clock) {
    this.clusters = clusters;
    this.consumers = consumers;
    this.servers = new ServerClusters(own, consumers);
    this.clock = clock;
  }

  @Override
  public List<String> groups(boolean all, Optional<String> bootstrapServers) {
    var cluster = servers.named(bootstrapServers);
    return all
        ? List.copyOf(new TreeSet<>(clusters.ask(cluster, ClusterGroups.Session::groups)))
        : managed(bootstrapServers.map(_ -> cluster));
  }

  /** The groups of this server's consumers; of one cluster, where one is named. */
  private List<String> managed(Optional<ClusterAddress> cluster) {
    return consumers.list(ConsumerQuery.all()).stream()
        .map(consumer -> consumer.spec())
        .filter(spec ->
            cluster.isEmpty()
                || spec.cluster().bootstrapServers().equals(cluster.get().bootstrapServers()))
        .map(spec -> spec.group().value())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public SortedMap<String, SortedMap<Integer, CommittedOffset>> offsets(
      String group, Optional<String> bootstrapServers) {
    var cluster = servers.named(bootstrapServers);
    var committed = clusters.ask(cluster, session -> committed(session, group));
    var byTopic = new TreeMap<String, SortedMap<Integer, CommittedOffset>>();
    committed.forEach((partition, offset) ->
        byTopic
            .computeIfAbsent(partition.topic(), _ -> new TreeMap<>())
            .put(partition.partition(), offset));
    return byTopic;
  }

  private static Map<TopicPartitionName, CommittedOffset> committed(
      ClusterGroups.Session session, String group) {
    var found = session.committed(List.of(group)).getOrDefault(group, Map.of());
    if (found.isEmpty()) {
      throw notFound(group);
    }
    return found;
  }

  @Override
  public SortedMap<Integer, PartitionLag> lag(
      String group, String topic, Optional<String> bootstrapServers) {
    var cluster = servers.named(bootstrapServers);
    return clusters.ask(
        cluster,
        session -> {
          var committed = committed(session, group);
          var partitions = session.partitions(List.of(topic)).get(topic);
          if (partitions == null) {
            throw new Refusal.NotFound("Topic '" + topic + "' not found.");
          }
          if (committed.keySet().stream().noneMatch(name -> name.topic().equals(topic))) {
            throw new Refusal.NotFound(
                "Consumer group '"
                    + group
                    + "' has committed no offsets for topic '"
                    + topic
                    + "'.");
          }
          var names = names(Map.of(topic, partitions));
          return lags(topic, Map.of(topic, partitions), committed, session.logRanges(names));
        });
  }

  /** By group, topic and partition, over every partition of the topics that a group has. */
  private static Map<String, SortedMap<String, SortedMap<Integer, PartitionLag>>> lags(
      ClusterGroups.Session session,
      Map<String, Map<TopicPartitionName, CommittedOffset>> committed,
      Map<String, Integer> partitions) {
    var ranges = session.logRanges(names(partitions));
    var lags = new HashMap<String, SortedMap<String, SortedMap<Integer, PartitionLag>>>();
    committed.forEach((group, offsets) -> {
      var topics = new TreeMap<String, SortedMap<Integer, PartitionLag>>();
      offsets.keySet().stream()
          .map(TopicPartitionName::topic)
          .distinct()
          .filter(partitions::containsKey)
          .forEach(topic -> topics.put(topic, lags(topic, partitions, offsets, ranges)));
      lags.put(group, topics);
    });
    return lags;
  }

  private static List<TopicPartitionName> names(Map<String, Integer> partitions) {
    var all = new ArrayList<TopicPartitionName>();
    partitions.forEach((topic, count) -> {
      for (int i = 0; i < count; i++) {
        all.add(new TopicPartitionName(topic, i));
      }
    });
    return all;
  }

  private static SortedMap<Integer, PartitionLag> lags(
      String topic,
      Map<String, Integer> partitions,
      Map<TopicPartitionName, CommittedOffset> committed,
      Map<TopicPartitionName, ClusterGroups.LogRange> ranges) {
    var lags = new TreeMap<Integer, PartitionLag>();
    for (int i = 0; i < partitions.getOrDefault(topic, 0); i++) {
      var name = new TopicPartitionName(topic, i);
      var range = ranges.get(name);
      var offset = committed.get(name);
      if (range != null) {
        lags.put(
            i,
            new PartitionLag(
                offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset()),
                range.start(),
                range.end()));
      }
    }
    return lags;
  }

  /** Of several, one may have gone meanwhile; of those that were named, some must be there. */
  private static void requireSome(List<String> named, Map<String, ? extends Map<?, ?>> committed) {
    if (!named.isEmpty() && committed.values().stream().allMatch(Map::isEmpty)) {
      throw notFound(String.join("', '", committed.keySet().stream().sorted().limit(10).toList()));
    }
  }

  private static Refusal notFound(String groups) {
    return new Refusal.NotFound(
        "Consumer group '" + groups + "' not found or no offsets committed.");
  }

  @Override
  public List<GroupLag> lags(
      List<String> groups, boolean seconds, Optional<String> bootstrapServers) {
    if (groups.isEmpty() && bootstrapServers.isEmpty()) {
      return ManagedGroups.of(consumers)
          .lags(clusters, (session, wanted) -> lags(session, wanted, seconds));
    }
    var cluster = servers.named(bootstrapServers);
    var wanted =
        groups.isEmpty()
            ? managed(Optional.of(cluster))
            : groups.stream().distinct().sorted().toList();
    if (wanted.size() > MAX_GROUPS) {
      throw new Refusal.Invalid("group_id", "must name at most " + MAX_GROUPS + " groups");
    }
    if (wanted.isEmpty()) {
      return List.of();
    }
    return clusters
        .ask(
            cluster,
            session -> {
              var lags = lags(session, wanted, seconds);
              requireSome(groups, lags);
              return lags;
            })
        .entrySet()
        .stream()
        .map(lag -> GroupLag.of(lag.getKey(), cluster, lag.getValue()))
        .toList();
  }

  private SortedMap<String, SortedMap<String, SortedMap<Integer, TimedLag>>> lags(
      ClusterGroups.Session session, List<String> wanted, boolean seconds) {
    var committed = session.committed(wanted);
    var topics =
        committed.values().stream()
            .flatMap(offsets -> offsets.keySet().stream())
            .map(TopicPartitionName::topic)
            .distinct()
            .toList();
    var lags = lags(session, committed, session.partitions(topics));
    var timing = seconds ? LagTiming.of(session, lags, clock) : LagTiming.none();
    var timed = new TreeMap<String, SortedMap<String, SortedMap<Integer, TimedLag>>>();
    wanted.forEach(
        group -> timed.put(group, timing.timed(lags.getOrDefault(group, new TreeMap<>()))));
    return timed;
  }
}
