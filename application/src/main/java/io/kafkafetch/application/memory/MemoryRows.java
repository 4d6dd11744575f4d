package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.ConsumerQuery.Place;
import io.kafkafetch.application.driven.ConsumerVersion;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is kept of each consumer. Consumers and reports share it, since a report must not outlive
 * its consumer. Every access is made while holding this object's monitor.
 */
final class MemoryRows {
  /** Creation, then id: the order of every list. */
  static final Comparator<Place> ORDER =
      Comparator.comparing(Place::createdAt).thenComparing(Place::id);

  private final Map<ConsumerId, Row> byId = new HashMap<>();
  private final NavigableMap<Place, Row> byPlace = new TreeMap<>(ORDER);

  /** One consumer with all that belongs to it. */
  static final class Row {
    /** Newest first. */
    final ArrayDeque<ConsumerVersion> versions = new ArrayDeque<>();

    final Map<ServerId, RunReport> reports =
        new TreeMap<>(Comparator.comparing(ServerId::value, String::compareTo));

    /** By the place of each letter, apart for each incarnation of a dead-letter topic. */
    final Map<MemoryRedrives.Incarnation, NavigableMap<Long, Settlement>> settled = new HashMap<>();

    Optional<MemoryRedrives.Last> redrive = Optional.empty();

    /** What its spec claims, as far as that is known. */
    Optional<Set<String>> claims = Optional.empty();

    private Consumer consumer;

    private Row(Consumer consumer) {
      this.consumer = consumer;
    }

    Consumer consumer() {
      return consumer;
    }
  }

  Optional<Row> find(ConsumerId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The consumers in their order. */
  NavigableMap<Place, Row> inOrder() {
    return byPlace;
  }

  Iterable<Row> all() {
    return byId.values();
  }

  Row add(Consumer consumer) {
    var row = new Row(consumer);
    byId.put(consumer.id(), row);
    byPlace.put(place(consumer), row);
    return row;
  }

  void put(Row row, Consumer next) {
    byPlace.remove(place(row.consumer));
    row.consumer = next;
    byPlace.put(place(next), row);
  }

  void remove(Row row) {
    byId.remove(row.consumer.id());
    byPlace.remove(place(row.consumer));
  }

  private static Place place(Consumer consumer) {
    return new Place(consumer.createdAt(), consumer.id());
  }
}
