package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.Map;
import java.util.Optional;

/**
 * What a server saw in its last round.
 *
 * @param reports of each consumer that runs here
 * @param specs what each of them was told to do
 * @param states how many consumers there are by state, on all servers; empty while the database is
 *     away
 */
public record Sight(
    Map<ConsumerId, RunReport> reports,
    Map<ConsumerId, ConsumerSpec> specs,
    Optional<Map<String, Integer>> states) {
  /** Of a server that has not looked yet. */
  static final Sight NONE = new Sight(Map.of(), Map.of(), Optional.empty());

  public Sight {
    reports = Map.copyOf(reports);
    specs = Map.copyOf(specs);
    states = states.map(Map::copyOf);
  }

  Sight counting(Map<String, Integer> consumers) {
    return new Sight(reports, specs, Optional.of(consumers));
  }
}
