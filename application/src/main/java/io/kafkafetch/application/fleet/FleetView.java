package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live servers as the last round of reconciling saw them. While the database is away nobody's
 * heartbeat counts, and all go on with what they saw last. Safe for any thread.
 */
public final class FleetView implements Ownership {
  private static final Logger LOG = LoggerFactory.getLogger(FleetView.class);

  /** Ids that nobody gave may not make us ask the database more often than this. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final FleetServer self;
  private final Supplier<Fleet> fleet;
  private final InstantSource clock;

  /** Replaced as a whole; this server alone before the first round. */
  private volatile List<FleetServer> live;

  /** Guarded by this object. */
  private Instant lookedAt = Instant.MIN;

  /** A view of that fleet, in which this server is alone until it is told otherwise. */
  public FleetView(FleetServer self, Supplier<Fleet> fleet, InstantSource clock) {
    this.self = self;
    this.fleet = fleet;
    this.clock = clock;
    this.live = List.of(self);
  }

  /** The servers that live, this one included or not. */
  void saw(List<FleetServer> servers) {
    live = servers.isEmpty() ? List.of(self) : List.copyOf(servers);
  }

  /** Begins the id of a session that this server opens. */
  public String sessionPrefix() {
    return self.id() + ".";
  }

  @Override
  public Owner ofSession(String id) {
    int dot = id.lastIndexOf('.');
    if (dot < 0 || id.startsWith(sessionPrefix())) {
      return new Owner.Here();
    }
    var server = new ServerId(id.substring(0, dot));
    return find(server)
        .or(() -> lookAgain() ? find(server) : Optional.empty())
        .orElseThrow(() ->
            new Refusal.NotFound(
                "There is no such session: the server that had it is gone, or it never was;"
                    + " subscribe again."));
  }

  private Optional<Owner> find(ServerId server) {
    return live.stream()
        .filter(one -> one.id().equals(server))
        .findFirst()
        .map(one -> new Owner.There(one.address()));
  }

  /** A server that has just come is known to the database before it is to us. */
  private synchronized boolean lookAgain() {
    var now = clock.instant();
    if (now.isBefore(lookedAt.plus(LOOK_AGAIN))) {
      return false;
    }
    lookedAt = now;
    try {
      saw(fleet.get().live());
      return true;
    } catch (Refusal.Unavailable away) {
      LOG.debug("The fleet is as it was seen last: {}", away.detail());
      return false;
    }
  }

  @Override
  public boolean lives(Owner.There server) {
    return live.stream().anyMatch(one -> one.address().equals(server.address()));
  }

  @Override
  public Owner ofGroup(String group) {
    var servers = live;
    return Placement.of(group, servers)
        .filter(owner -> !owner.equals(self.id()))
        .flatMap(this::find)
        .orElseGet(Owner.Here::new);
  }
}
