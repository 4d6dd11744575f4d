package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Redrives and what they settled, in memory. */
final class MemoryRedrives implements Redrives {
  private final MemoryRows rows;
  private final InstantSource time;

  MemoryRedrives(MemoryRows rows, InstantSource time) {
    this.rows = rows;
    this.time = time;
  }

  /** A partition of one incarnation of a topic. */
  record Incarnation(String topicId, int partition) {}

  /** The last redrive, and how long it counts as running. */
  record Last(Redrive redrive, Instant until) {}

  @Override
  public boolean begin(Redrive redrive, Duration timeToLive) {
    synchronized (rows) {
      var row = rows.find(redrive.consumer());
      if (row.isEmpty() || row.get().redrive.filter(this::isRunning).isPresent()) {
        return false;
      }
      row.get().redrive = Optional.of(new Last(redrive, time.instant().plus(timeToLive)));
      return true;
    }
  }

  private boolean isRunning(Last last) {
    return last.redrive().state() == RedriveState.RUNNING && last.until().isAfter(time.instant());
  }

  @Override
  public Optional<RedriveState> save(Redrive redrive, Duration timeToLive) {
    synchronized (rows) {
      var row = rows.find(redrive.consumer());
      var last = row.flatMap(it -> it.redrive);
      if (row.isEmpty() || last.isEmpty() || !last.get().redrive().id().equals(redrive.id())) {
        return Optional.empty();
      }
      var before = last.get().redrive().state();
      var state = before == RedriveState.RUNNING ? redrive.state() : before;
      row.get().redrive = Optional.of(new Last(redrive.in(state), time.instant().plus(timeToLive)));
      return Optional.of(state);
    }
  }

  @Override
  public boolean cancel(ConsumerId consumer) {
    synchronized (rows) {
      var row = rows.find(consumer);
      var running = row.flatMap(it -> it.redrive).filter(this::isRunning);
      if (row.isEmpty() || running.isEmpty()) {
        return false;
      }
      var cancelled = running.get().redrive().in(RedriveState.CANCELLED);
      row.get().redrive = Optional.of(new Last(cancelled, running.get().until()));
      return true;
    }
  }

  @Override
  public Optional<Redrive> last(ConsumerId consumer) {
    synchronized (rows) {
      return rows.find(consumer)
          .flatMap(row -> row.redrive)
          .map(last -> {
            var redrive = last.redrive();
            return redrive.state() == RedriveState.RUNNING && !isRunning(last)
                ? redrive.in(RedriveState.INTERRUPTED)
                : redrive;
          });
    }
  }

  @Override
  public void settle(
      ConsumerId consumer, String topicId, Map<DeadLetterPlace, Settlement> letters) {
    synchronized (rows) {
      rows.find(consumer)
          .ifPresent(row ->
              letters.forEach((place, settlement) ->
                  row.settled
                      .computeIfAbsent(
                          new Incarnation(topicId, place.partition()), _ -> new TreeMap<>())
                      .putIfAbsent(place.offset(), settlement)));
    }
  }

  @Override
  public Map<Long, Settlement> settled(
      ConsumerId consumer, String topicId, int partition, long from, long end) {
    synchronized (rows) {
      return rows.find(consumer)
          .map(row -> row.settled.get(new Incarnation(topicId, partition)))
          .map(all -> Map.copyOf(all.subMap(from, Math.max(from, end))))
          .orElse(Map.of());
    }
  }

  @Override
  public void forget(String topicId, int partition, long before) {
    synchronized (rows) {
      for (var row : rows.all()) {
        var settled = row.settled.get(new Incarnation(topicId, partition));
        if (settled != null) {
          settled.headMap(before).clear();
        }
      }
    }
  }
}
