package io.kafkafetch.adapter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.TopicPartitionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupRequestsTest {
  private final KafkaTestCluster cluster = new KafkaTestCluster();
  private final ClusterClients clients =
      new ClusterClients(
          new ClientProperties(
              new ClusterSecurity(SecretReferences.none()), Duration.ofSeconds(30)));
  private final KafkaGroups groups = new KafkaGroups(clients, () -> Set.of(cluster.address()));
  private final String topic = "topic-" + UUID.randomUUID();
  private final TopicPartitionName partition = new TopicPartitionName(topic, 0);

  @AfterEach
  void close() {
    clients.close();
    cluster.close();
  }

  private void write(int records) {
    cluster.createTopic(topic, 1);
    for (int i = 0; i < records; i++) {
      cluster.append(topic, 0, 1_000L + i, null, ("r" + i).getBytes(UTF_8), List.of());
    }
  }

  private double requestsSent() {
    return clients.admin(cluster.address()).metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("request-total"))
        .filter(metric -> metric.metricName().group().equals("admin-client-metrics"))
        .mapToDouble(metric -> (Double) metric.metricValue())
        .sum();
  }

  @Test
  void fiveHundredGroupsCostAHandfulOfRequests() {
    write(3);
    var names = IntStream.range(0, 500).mapToObj(i -> topic + "-group-" + i).toList();
    try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.address().bootstrap()))) {
      names.stream()
          .map(name ->
              admin.alterConsumerGroupOffsets(
                  name, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1))))
          .toList()
          .forEach(moved -> GivenApplication.get(moved.all()));
    }
    // The first question of all also finds the brokers.
    groups.ask(cluster.address(), session -> session.partitions(List.of(topic)));
    double before = requestsSent();

    var committed =
        groups.ask(
            cluster.address(),
            session -> {
              var found = session.committed(names);
              session.partitions(List.of(topic));
              session.logRanges(Set.of(partition));
              return found;
            });

    assertEquals(500, committed.size());
    committed.forEach((name, offsets) ->
        assertEquals(Map.of(partition, new CommittedOffset(1, "")), offsets, name));
    double sent = requestsSent() - before;
    assertTrue(sent <= 10, sent + " requests");
  }

  @Test
  void timesOfRecordsAreReadForAllPlacesAtOnce() {
    write(5);

    var found =
        groups.ask(
            cluster.address(),
            session -> session.timestampsAt(Map.of(partition, Set.of(0L, 3L, 4L))));

    assertEquals(
        Map.of(
            partition,
            Map.of(
                0L, Instant.ofEpochMilli(1_000),
                3L, Instant.ofEpochMilli(1_003),
                4L, Instant.ofEpochMilli(1_004))),
        found);
  }

  @Test
  void theTimeOfADeletedRecordIsNotToldAndThatOfOthersIs() {
    write(5);
    try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.address().bootstrap()))) {
      GivenApplication.get(
          admin
              .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(3)))
              .all());
    }

    var found =
        groups.ask(
            cluster.address(), session -> session.timestampsAt(Map.of(partition, Set.of(1L, 4L))));

    assertEquals(Map.of(partition, Map.of(4L, Instant.ofEpochMilli(1_004))), found);
  }

  @Test
  void whatIsNotThereIsWaitedForWithinBounds() {
    write(1);
    long begun = System.nanoTime();

    var found =
        groups.ask(
            cluster.address(), session -> session.timestampsAt(Map.of(partition, Set.of(0L, 1L))));

    assertEquals(Map.of(partition, Map.of(0L, Instant.ofEpochMilli(1_000))), found);
    assertTrue(System.nanoTime() - begun < 8_000_000_000L, "it waited too long");
  }
}
