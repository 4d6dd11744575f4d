package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.application.management.ProcessorsReader.Place;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps two processors from spoiling for each other what both would write to. */
final class ResourceClaims {
  private final Consumers consumers;
  private final ProcessorTypes types;
  private final ProcessorEnvironment environment;

  ResourceClaims(Consumers consumers, ProcessorTypes types, ProcessorEnvironment environment) {
    this.consumers = consumers;
    this.types = types;
    this.environment = environment;
  }

  /**
   * Notes which processors claim what another one, of the same consumer or of another, holds.
   *
   * @param wanted by their index in the list; without those that are wrong anyway
   */
  void check(
      ConsumerId self,
      Place place,
      SortedMap<Integer, ProcessorSpec> wanted,
      Violations violations) {
    var held = new ArrayList<ResourceClaim>();
    var claimed = new TreeMap<Integer, List<ResourceClaim>>();
    wanted.forEach((index, processor) -> {
      var claims = claims(place, processor);
      if (!refuse(index, claims, held, "another processor of this consumer", violations)) {
        claimed.put(index, claims);
      }
      held.addAll(claims);
    });
    if (held.isEmpty()) {
      return;
    }
    for (var other : consumers.list(ConsumerQuery.all())) {
      if (!other.id().equals(self)) {
        var there = new Place(other.spec().topic().value(), other.spec().tasksMax());
        var others =
            other.spec().processors().stream()
                .flatMap(processor -> claims(there, processor).stream())
                .toList();
        claimed.forEach(
            (index, claims) -> refuse(index, claims, others, "consumer " + other.id(), violations));
      }
    }
  }

  /** Whether something was refused. */
  private static boolean refuse(
      int index,
      List<ResourceClaim> claims,
      List<ResourceClaim> held,
      String holder,
      Violations violations) {
    boolean refused = false;
    for (var claim : claims) {
      if (held.stream().anyMatch(other -> !claim.agreesWith(other))) {
        refused = true;
        violations.add(
            ProcessorsReader.path(index) + ".config",
            "writes to "
                + claim.resource()
                + ", which "
                + holder
                + " writes to as well; one of them asks to be its only writer");
      }
    }
    return refused;
  }

  private List<ResourceClaim> claims(Place place, ProcessorSpec processor) {
    return types
        .find(processor.type())
        .map(factory ->
            factory.claims(
                new ProcessorPlan(
                    processor.config(), place.topic(), place.tasksMax(), environment)))
        .orElse(List.of());
  }
}
