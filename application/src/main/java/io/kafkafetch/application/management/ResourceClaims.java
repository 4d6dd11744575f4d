package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import java.util.ArrayList;
import java.util.List;

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

  /** Refuses a spec that claims what another processor, its own or another consumer's, holds. */
  void check(ConsumerId self, ConsumerSpec wanted) {
    var violations = new Violations();
    var held = new ArrayList<ResourceClaim>();
    for (int i = 0; i < wanted.processors().size(); i++) {
      var claims = claims(wanted, wanted.processors().get(i));
      refuse(i, claims, held, "another processor of this consumer", violations);
      held.addAll(claims);
    }
    violations.refuseIfAny();
    if (held.isEmpty()) {
      return;
    }
    for (var other : consumers.list(ConsumerQuery.all())) {
      if (!other.id().equals(self)) {
        var others =
            other.spec().processors().stream()
                .flatMap(processor -> claims(other.spec(), processor).stream())
                .toList();
        for (int i = 0; i < wanted.processors().size(); i++) {
          var claims = claims(wanted, wanted.processors().get(i));
          refuse(i, claims, others, "consumer " + other.id(), violations);
        }
      }
    }
    violations.refuseIfAny();
  }

  private static void refuse(
      int index,
      List<ResourceClaim> claims,
      List<ResourceClaim> held,
      String holder,
      Violations violations) {
    for (var claim : claims) {
      if (held.stream().anyMatch(other -> !claim.agreesWith(other))) {
        violations.add(
            "processor_configs[" + index + "].config",
            "writes to "
                + claim.resource()
                + ", which "
                + holder
                + " writes to as well; one of them asks to be its only writer");
      }
    }
  }

  private List<ResourceClaim> claims(ConsumerSpec spec, ProcessorSpec processor) {
    return types
        .find(processor.type())
        .map(factory ->
            factory.claims(
                new ProcessorPlan(
                    processor.config(), spec.topic().value(), spec.tasksMax(), environment)))
        .orElse(List.of());
  }
}
