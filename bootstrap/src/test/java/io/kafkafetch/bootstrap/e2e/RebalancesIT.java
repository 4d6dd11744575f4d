package io.kafkafetch.bootstrap.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@DisplayName(
    "With two members and a rebalance every two seconds nothing is lost and little repeated")
class RebalancesIT {
  private static final Logger LOG = LoggerFactory.getLogger(RebalancesIT.class);
  private static final int PARTITIONS = 4;
  private static final int STEP = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  @DisplayName("for ten seconds")
  void shortly() throws Exception {
    keepRebalancing(Duration.ofSeconds(10));
  }

  @Test
  @Tag("endurance")
  @DisplayName("for a minute")
  void forAMinute() throws Exception {
    keepRebalancing(Duration.ofMinutes(1));
  }

  private void keepRebalancing(Duration time) throws Exception {
    var roots = Files.createDirectories(folder.toRealPath().resolve("out"));
    try (var outside = Outside.shared();
        var end = new HookEnd(PARTITIONS);
        var server = outside.server(folder, roots);
        var coming = Executors.newSingleThreadExecutor()) {
      var topic = outside.topic(PARTITIONS);
      var group = "group-of-" + topic;
      server
          .api()
          .running(
              outside.kafka.bootstrapServers(),
              topic,
              group,
              end.processor(),
              ", \"tasks_max\": 2");
      long until = System.nanoTime() + time.toNanos();
      var rebalances = coming.submit(comeAndGo(outside, topic, group, until));
      int sent = 0;
      while (!rebalances.isDone()) {
        outside.send(topic, PARTITIONS, sent, sent + STEP);
        sent += STEP;
        long wanted = (long) PARTITIONS * (sent - 2 * STEP);
        await().atMost(PATIENCE).until(() -> end.arrived() >= wanted);
      }
      assertAllIsThere(outside, end, topic, sent, rebalances);
    }
  }

  private static void assertAllIsThere(
      Outside outside, HookEnd end, String topic, int sent, Future<Integer> rebalances)
      throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          for (long each : outside.committed("group-of-" + topic, topic, PARTITIONS)) {
            if (each != sent) {
              return false;
            }
          }
          return true;
        });
    end.assertComplete(PARTITIONS, sent);
    LOG.info(
        "{} numbers, {} rebalances, {} repeats", end.arrived(), rebalances.get(), end.repeats());
    // Every partition that goes is committed first, but for the request that was under way.
    assertTrue(end.repeats() <= (long) PARTITIONS * rebalances.get(), "Repeated: " + end.repeats());
    assertTrue(rebalances.get() > 2, "Too few rebalances: " + rebalances.get());
  }

  /**
   * A guest joins the group, keeps what it is given for a while without reading it, and leaves;
   * each is a rebalance. Answers how many there were.
   */
  private static Callable<Integer> comeAndGo(
      Outside outside, String topic, String group, long until) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            outside.kafka.bootstrapServers(),
            "group.id",
            group,
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "partition.assignment.strategy",
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return () -> {
      int rebalances = 0;
      while (System.nanoTime() < until) {
        try (var guest =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
          guest.subscribe(List.of(topic));
          long stay = System.nanoTime() + Duration.ofSeconds(2).toNanos();
          while (System.nanoTime() < stay) {
            guest.poll(Duration.ofMillis(100));
          }
        }
        rebalances += 2;
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
      }
      return rebalances;
    };
  }
}
