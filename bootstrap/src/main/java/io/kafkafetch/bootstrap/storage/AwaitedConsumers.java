package io.kafkafetch.bootstrap.storage;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Consumers that are looked up anew at each call. */
record AwaitedConsumers(Supplier<Consumers> opened) implements Consumers {
  @Override
  public void insert(Consumer consumer, String change) {
    opened.get().insert(consumer, change);
  }

  @Override
  public Optional<Consumer> find(ConsumerId id) {
    return opened.get().find(id);
  }

  @Override
  public List<Consumer> list(ConsumerQuery query) {
    return opened.get().list(query);
  }

  @Override
  public List<Consumer> wanted() {
    return opened.get().wanted();
  }

  @Override
  public List<Consumer> claiming(Set<String> resources) {
    return opened.get().claiming(resources);
  }

  @Override
  public void recordClaims(Map<Consumer, Set<String>> claims) {
    opened.get().recordClaims(claims);
  }

  @Override
  public Map<String, Integer> countByState() {
    return opened.get().countByState();
  }

  @Override
  public boolean replace(Consumer expected, Consumer next, String change) {
    return opened.get().replace(expected, next, change);
  }

  @Override
  public boolean remove(Consumer expected) {
    return opened.get().remove(expected);
  }

  @Override
  public List<ConsumerVersion> versions(ConsumerId id, int limit) {
    return opened.get().versions(id, limit);
  }

  @Override
  public Optional<ConsumerVersion> version(ConsumerId id, long revision) {
    return opened.get().version(id, revision);
  }
}
