package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.application.management.ProcessorsReader.Place;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps two processors from spoiling for each other what both would write to. What consumers claim
 * is recorded beside them, so that only those are looked at that may be in the way; what they claim
 * is then asked anew.
 */
final class ResourceClaims {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceClaims.class);

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
      var claims = claims(place, processor).orElse(List.of());
      if (!refuse(index, claims, held, "another processor of this consumer", violations)) {
        claimed.put(index, claims);
      }
      held.addAll(claims);
    });
    if (held.isEmpty()) {
      return;
    }
    var candidates = new ArrayList<>(consumers.claiming(resources(held)));
    candidates.removeIf(other -> other.id().equals(self));
    for (var other : candidates) {
      var others = claims(other.spec());
      claimed.forEach(
          (index, claims) -> refuse(index, claims, others, "consumer " + other.id(), violations));
    }
    // Also of those that were found by what is recorded: it may be out of date.
    record(candidates);
  }

  /** Records what a consumer claims that was just written. */
  void record(Consumer written) {
    record(List.of(written));
  }

  private void record(Collection<Consumer> written) {
    var known = new HashMap<Consumer, Set<String>>();
    for (var consumer : written) {
      known(consumer.spec()).ifPresent(resources -> known.put(consumer, resources));
    }
    if (known.isEmpty()) {
      return;
    }
    try {
      consumers.recordClaims(known);
    } catch (Refusal.Unavailable away) {
      // The change itself is made. What is not recorded is looked at each time, and recorded then.
      LOG.info("The claims of {} consumers are not recorded yet: {}", known.size(), away.detail());
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

  /** All that its processors are known to claim. */
  private List<ResourceClaim> claims(ConsumerSpec spec) {
    return spec.processors().stream()
        .flatMap(processor -> claims(place(spec), processor).orElse(List.of()).stream())
        .toList();
  }

  /** What all its processors claim; nothing where one cannot tell. */
  private Optional<Set<String>> known(ConsumerSpec spec) {
    var all = new HashSet<String>();
    for (var processor : spec.processors()) {
      var claims = claims(place(spec), processor);
      if (claims.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(resources(claims.get()));
    }
    return Optional.of(all);
  }

  private static Place place(ConsumerSpec spec) {
    return new Place(spec.topic().value(), spec.tasksMax());
  }

  private static Set<String> resources(List<ResourceClaim> claims) {
    return claims.stream().map(ResourceClaim::resource).collect(Collectors.toUnmodifiableSet());
  }

  private Optional<List<ResourceClaim>> claims(Place place, ProcessorSpec processor) {
    return types.claims(
        processor.type(),
        new ProcessorPlan(processor.config(), place.topic(), place.tasksMax(), environment));
  }
}
