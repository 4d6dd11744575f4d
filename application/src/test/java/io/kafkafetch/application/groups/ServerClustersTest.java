package io.kafkafetch.application.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerClustersTest {
  private static final BrokerAddress FAR = new BrokerAddress("far", 9092);

  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.fixed(Given.NOON));
  private final ServerClusters clusters =
      new ServerClusters(
          ClusterAddress.plain(new BrokerAddress("localhost", 9092)), storage.consumers());

  private static ClusterAddress far(String clientId) {
    return new ClusterAddress(List.of(FAR), Map.of("client.id", clientId));
  }

  private void stored(ClusterAddress cluster, boolean active, long seconds) {
    var plain = Given.spec("orders", "g" + seconds);
    var spec =
        new ConsumerSpec(
            cluster,
            plain.topic(),
            plain.group(),
            plain.processors(),
            plain.tasksMax(),
            plain.offsetReset(),
            plain.delivery());
    storage
        .consumers()
        .insert(
            Consumer.create(Given.newId(), spec, active, Given.NOON.plusSeconds(seconds)),
            "created");
  }

  private ClusterAddress spokenWith() {
    return clusters.named(Optional.of("far:9092"));
  }

  @Test
  void brokersAreSpokenWithAsTheOldestConsumerDoesThatRuns() {
    stored(far("oldest"), false, 1);
    stored(far("runs"), true, 2);
    stored(far("runs, younger"), true, 3);

    assertEquals(far("runs"), spokenWith());
  }

  @Test
  void whereNoneRunsAsTheOldestOfThemDoes() {
    stored(far("younger"), false, 3);
    stored(far("oldest"), false, 2);

    assertEquals(far("oldest"), spokenWith());
  }

  @Test
  void theOneIsFoundBehindHundredsOfOtherClusters() {
    for (int i = 0; i < 450; i++) {
      stored(ClusterAddress.plain(new BrokerAddress("other", 9092)), true, i);
    }
    stored(far("last"), true, 1_000);

    assertEquals(far("last"), spokenWith());
  }

  @Test
  void brokersThatNoConsumerNamesAreSpokenWithAsTheyAre() {
    for (int i = 0; i < 200; i++) {
      stored(ClusterAddress.plain(new BrokerAddress("other", 9092)), true, i);
    }

    assertEquals(ClusterAddress.plain(FAR), spokenWith());
  }
}
