package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.memory.MemoryRows.Row;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The managed consumers, in memory. */
final class MemoryConsumers implements Consumers {
  private final MemoryRows rows;
  private final Runnable onChange;

  MemoryConsumers(MemoryRows rows, Runnable onChange) {
    this.rows = rows;
    this.onChange = onChange;
  }

  @Override
  public void insert(Consumer consumer, String change) {
    var kept = Microseconds.of(consumer);
    synchronized (rows) {
      if (rows.find(kept.id()).isPresent()) {
        throw new Refusal.Conflict("There is already a consumer with the id " + kept.id() + ".");
      }
      rows.add(kept).versions.addFirst(version(kept, change));
    }
    onChange.run();
  }

  @Override
  public Optional<Consumer> find(ConsumerId id) {
    synchronized (rows) {
      return rows.find(id).map(Row::consumer);
    }
  }

  @Override
  public List<Consumer> list(ConsumerQuery query) {
    synchronized (rows) {
      return after(query).stream()
          .map(Row::consumer)
          .filter(consumer -> matches(query, consumer))
          .limit(query.limit().orElse(Integer.MAX_VALUE))
          .toList();
    }
  }

  private Collection<Row> after(ConsumerQuery query) {
    return query
        .after()
        .map(Microseconds::of)
        .map(place -> rows.inOrder().tailMap(place, false).values())
        .orElseGet(() -> rows.inOrder().values());
  }

  private static boolean matches(ConsumerQuery query, Consumer consumer) {
    return query.status().filter(it -> !it.equals(consumer.state().label())).isEmpty()
        && query.topic().filter(it -> !it.equals(consumer.spec().topic().value())).isEmpty()
        && query.group().filter(it -> !it.equals(consumer.spec().group().value())).isEmpty();
  }

  @Override
  public List<Consumer> wanted() {
    synchronized (rows) {
      return rows.inOrder().values().stream()
          .map(Row::consumer)
          .filter(Consumer::isWanted)
          .toList();
    }
  }

  @Override
  public List<Consumer> claiming(Set<String> resources) {
    synchronized (rows) {
      return rows.inOrder().values().stream()
          .filter(row -> row.claims.filter(it -> Collections.disjoint(it, resources)).isEmpty())
          .map(Row::consumer)
          .toList();
    }
  }

  @Override
  public void recordClaims(Map<Consumer, Set<String>> claims) {
    synchronized (rows) {
      claims.forEach((consumer, resources) ->
          rows.find(consumer.id())
              .filter(row -> row.consumer().revision() == consumer.revision())
              .ifPresent(row -> row.claims = Optional.of(Set.copyOf(resources))));
    }
  }

  @Override
  public Map<String, Integer> countByState() {
    var counts = new HashMap<String, Integer>();
    synchronized (rows) {
      rows.inOrder()
          .values()
          .forEach(row -> counts.merge(row.consumer().state().label(), 1, Integer::sum));
    }
    return counts;
  }

  @Override
  public boolean replace(Consumer expected, Consumer next, String change) {
    if (!expected.id().equals(next.id()) || next.revision() < expected.revision()) {
      throw new IllegalArgumentException(
          "A consumer is replaced by itself, at the same revision or a later one");
    }
    var kept = Microseconds.of(next);
    synchronized (rows) {
      var row = rows.find(expected.id());
      if (row.isEmpty() || !unchanged(row.get(), Microseconds.of(expected))) {
        return false;
      }
      if (!kept.spec().equals(row.get().consumer().spec())) {
        row.get().claims = Optional.empty();
      }
      rows.put(row.get(), kept);
      if (next.revision() > expected.revision()) {
        row.get().versions.addFirst(version(kept, change));
      }
    }
    onChange.run();
    return true;
  }

  /** Attempts are part of the state. */
  private static boolean unchanged(Row row, Consumer expected) {
    return row.consumer().revision() == expected.revision()
        && row.consumer().state().equals(expected.state());
  }

  @Override
  public boolean remove(Consumer expected) {
    synchronized (rows) {
      var row = rows.find(expected.id());
      if (row.isEmpty() || row.get().consumer().revision() != expected.revision()) {
        return false;
      }
      rows.remove(row.get());
    }
    onChange.run();
    return true;
  }

  @Override
  public List<ConsumerVersion> versions(ConsumerId id, int limit) {
    synchronized (rows) {
      return rows.find(id)
          .map(row -> row.versions.stream().limit(limit).toList())
          .orElse(List.of());
    }
  }

  @Override
  public Optional<ConsumerVersion> version(ConsumerId id, long revision) {
    synchronized (rows) {
      return rows.find(id).stream()
          .flatMap(row -> row.versions.stream())
          .filter(version -> version.revision() == revision)
          .findFirst();
    }
  }

  private static ConsumerVersion version(Consumer consumer, String change) {
    return new ConsumerVersion(
        consumer.revision(),
        consumer.spec(),
        consumer.state().label(),
        change,
        consumer.updatedAt());
  }
}
