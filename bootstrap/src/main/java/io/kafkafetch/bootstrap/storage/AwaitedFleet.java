package io.kafkafetch.bootstrap.storage;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A fleet that is looked up anew at each call. */
record AwaitedFleet(Supplier<Fleet> opened) implements Fleet {
  @Override
  public void beat(FleetServer server, Duration timeToLive) {
    opened.get().beat(server, timeToLive);
  }

  @Override
  public List<FleetServer> live() {
    return opened.get().live();
  }

  @Override
  public void leave(ServerId server) {
    opened.get().leave(server);
  }
}
