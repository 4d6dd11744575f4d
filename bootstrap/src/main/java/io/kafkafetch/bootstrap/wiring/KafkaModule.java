package io.kafkafetch.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.kafkafetch.adapter.kafka.KafkaAdapter;
import io.kafkafetch.adapter.kafka.KafkaSettings;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.bootstrap.embedding.EmbeddedServers;
import io.kafkafetch.bootstrap.lifecycle.Lifecycle;
import io.kafkafetch.bootstrap.settings.Settings;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Kafka, embedded or not. */
@Module
interface KafkaModule {
  @Provides
  @Singleton
  static ClusterAddress cluster(Settings settings, EmbeddedServers embedded) {
    return embedded
        .bootstrapServers()
        .flatMap(BrokerAddress::parse)
        .map(ClusterAddress::plain)
        .orElseGet(() -> new ClusterAddress(settings.bootstrapServers(), Map.of()));
  }

  @Provides
  @Singleton
  static Broker broker(
      ClusterAddress cluster, InstantSource clock, SecretReferences secrets, Lifecycle lifecycle) {
    return lifecycle.start(
        "the Kafka clients",
        Duration.ofSeconds(1),
        () -> KafkaAdapter.open(new KafkaSettings(cluster, clock, secrets)));
  }
}
