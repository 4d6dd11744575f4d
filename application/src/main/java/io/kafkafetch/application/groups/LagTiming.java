package io.kafkafetch.application.groups;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driving.GroupMonitoring.TimedLag;
import io.kafkafetch.domain.lag.PartitionLag;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lag in time: how old the record is that a group would read next. Told by that record's own
 * timestamp, or not at all.
 */
final class LagTiming {
  private static final int MILLIS = 1_000;

  private final boolean asked;
  private final Instant now;
  private final Map<TopicPartitionName, Map<Long, Instant>> timestamps;

  private LagTiming(
      boolean asked, Instant now, Map<TopicPartitionName, Map<Long, Instant>> timestamps) {
    this.asked = asked;
    this.now = now;
    this.timestamps = timestamps;
  }

  static LagTiming none() {
    return new LagTiming(false, Instant.EPOCH, Map.of());
  }

  /** Asks for the records at all these places at once. */
  static LagTiming of(
      ClusterGroups.Session session,
      Map<String, SortedMap<String, SortedMap<Integer, PartitionLag>>> lags,
      InstantSource clock) {
    var places = new HashMap<TopicPartitionName, Set<Long>>();
    for (var topics : lags.values()) {
      topics.forEach((topic, partitions) ->
          partitions.forEach((partition, lag) -> {
            if (lag.lag() > 0) {
              places
                  .computeIfAbsent(new TopicPartitionName(topic, partition), _ -> new HashSet<>())
                  .add(next(lag));
            }
          }));
    }
    var timestamps = session.timestampsAt(places);
    return new LagTiming(true, clock.instant(), timestamps);
  }

  private static long next(PartitionLag lag) {
    return Math.max(lag.committedOffset().orElse(lag.logStartOffset()), lag.logStartOffset());
  }

  SortedMap<String, SortedMap<Integer, TimedLag>> timed(
      SortedMap<String, SortedMap<Integer, PartitionLag>> topics) {
    var timed = new TreeMap<String, SortedMap<Integer, TimedLag>>();
    topics.forEach((topic, partitions) -> {
      var those = new TreeMap<Integer, TimedLag>();
      partitions.forEach((partition, lag) ->
          those.put(partition, timed(new TopicPartitionName(topic, partition), lag)));
      timed.put(topic, those);
    });
    return timed;
  }

  private TimedLag timed(TopicPartitionName name, PartitionLag lag) {
    if (!asked) {
      return new TimedLag(lag, OptionalDouble.empty(), "unknown");
    }
    if (lag.lag() == 0) {
      return new TimedLag(lag, OptionalDouble.of(0), "caught_up");
    }
    var written = Optional.ofNullable(timestamps.getOrDefault(name, Map.of()).get(next(lag)));
    // A record from the future says that the clocks differ, and nothing about the lag.
    return written
        .filter(at -> !at.isAfter(now))
        .map(at ->
            new TimedLag(
                lag,
                OptionalDouble.of((double) Duration.between(at, now).toMillis() / MILLIS),
                "record_timestamp"))
        .orElseGet(() -> new TimedLag(lag, OptionalDouble.empty(), "unknown"));
  }
}
