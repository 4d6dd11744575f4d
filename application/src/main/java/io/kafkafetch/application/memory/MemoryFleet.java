package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The servers of one process, in memory. Every access to the map is made under its monitor. */
final class MemoryFleet implements Fleet {
  private final InstantSource time;
  private final Runnable onChange;
  private final Map<String, Heartbeat> heartbeats = new TreeMap<>();

  private record Heartbeat(FleetServer server, Instant until) {}

  MemoryFleet(InstantSource time, Runnable onChange) {
    this.time = time;
    this.onChange = onChange;
  }

  @Override
  public void beat(FleetServer server, Duration timeToLive) {
    var now = time.instant();
    boolean known;
    synchronized (heartbeats) {
      heartbeats.values().removeIf(heartbeat -> !heartbeat.until.isAfter(now));
      var before = heartbeats.put(server.id().value(), new Heartbeat(server, now.plus(timeToLive)));
      known = before != null && before.server.equals(server);
    }
    if (!known) {
      onChange.run();
    }
  }

  @Override
  public List<FleetServer> live() {
    var now = time.instant();
    synchronized (heartbeats) {
      return heartbeats.values().stream()
          .filter(heartbeat -> heartbeat.until.isAfter(now))
          .map(Heartbeat::server)
          .toList();
    }
  }

  @Override
  public void leave(ServerId server) {
    boolean known;
    synchronized (heartbeats) {
      known = heartbeats.remove(server.value()) != null;
    }
    if (known) {
      onChange.run();
    }
  }
}
