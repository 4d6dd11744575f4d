package io.kafkafetch.application.driven;

import java.time.Duration;
import java.util.List;

/**
 * Which servers live, told by their heartbeats. Methods throw {@link
 * io.kafkafetch.application.driving.Refusal.Unavailable} when the store cannot be reached.
 */
public interface Fleet {
  /** This server lives, and counts as living for {@code timeToLive} from now. */
  void beat(FleetServer server, Duration timeToLive);

  /** The servers whose last heartbeat still counts, ordered by id. */
  List<FleetServer> live();

  /** This server goes on purpose; the others need not wait for its heartbeat to run out. */
  void leave(ServerId server);
}
