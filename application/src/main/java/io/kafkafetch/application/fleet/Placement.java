package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.util.Collection;
import java.util.Optional;

/**
 * Which server runs which member, and which reads for which group: rendezvous hashing, so that a
 * server that comes or goes moves only its own share. It only places; Kafka's group protocol makes
 * the assignment exclusive.
 */
final class Placement {
  private Placement() {}

  /** The server for a member; empty when no server lives. */
  static Optional<ServerId> of(MemberKey member, Collection<FleetServer> live) {
    var id = member.consumer().value();
    long hash = mix(id.getMostSignificantBits() ^ mix(id.getLeastSignificantBits()));
    return heaviest(mix(hash ^ member.ordinal()), live);
  }

  /** The server that reads for the callers of a group; empty when no server lives. */
  static Optional<ServerId> of(String group, Collection<FleetServer> live) {
    return heaviest(mix(0, group), live);
  }

  private static Optional<ServerId> heaviest(long what, Collection<FleetServer> live) {
    return live.stream()
        .map(FleetServer::id)
        .max((one, other) -> {
          int byWeight = Long.compareUnsigned(mix(what, one.value()), mix(what, other.value()));
          return byWeight != 0 ? byWeight : one.value().compareTo(other.value());
        });
  }

  private static long mix(long seed, String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash ^ text.charAt(i));
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
