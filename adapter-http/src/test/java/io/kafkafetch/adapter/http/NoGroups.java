package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.GroupMonitoring;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.PartitionLag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Groups of a cluster that does not answer. */
final class NoGroups implements GroupMonitoring {
  private static Refusal away() {
    return new Refusal.Unavailable("Kafka does not answer.", Duration.ofSeconds(1));
  }

  @Override
  public List<String> groups(boolean all, Optional<String> bootstrapServers) {
    throw away();
  }

  @Override
  public SortedMap<String, SortedMap<Integer, CommittedOffset>> offsets(
      String group, Optional<String> bootstrapServers) {
    throw away();
  }

  @Override
  public SortedMap<Integer, PartitionLag> lag(
      String group, String topic, Optional<String> bootstrapServers) {
    throw away();
  }

  @Override
  public List<GroupLag> lags(
      List<String> groups, boolean seconds, Optional<String> bootstrapServers) {
    throw away();
  }
}
