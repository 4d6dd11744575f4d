package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.util.Collection;
import java.util.Optional;

/**
 * Which server runs which member: rendezvous hashing, so that a server that comes or goes moves
 * only its own share. It only places; Kafka's group protocol makes the assignment exclusive.
 */
final class Placement {
  private Placement() {}

  /** The server for a member; empty when no server lives. */
  static Optional<ServerId> of(MemberKey member, Collection<FleetServer> live) {
    return live.stream()
        .map(FleetServer::id)
        .max((one, other) -> {
          int byWeight = Long.compareUnsigned(weight(member, one), weight(member, other));
          return byWeight != 0 ? byWeight : one.value().compareTo(other.value());
        });
  }

  private static long weight(MemberKey member, ServerId server) {
    var id = member.consumer().value();
    long hash = mix(id.getMostSignificantBits() ^ mix(id.getLeastSignificantBits()));
    hash = mix(hash ^ member.ordinal());
    for (int i = 0; i < server.value().length(); i++) {
      hash = mix(hash ^ server.value().charAt(i));
    }
    return hash;
  }

  /** The finalizer of SplitMix64: every bit of the input changes half of the output's bits. */
  private static long mix(long bits) {
    long mixed = bits + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
