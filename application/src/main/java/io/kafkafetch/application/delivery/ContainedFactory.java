package io.kafkafetch.application.delivery;

import io.kafkafetch.application.delivery.Containment.Called;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import io.kafkafetch.domain.processor.SinkCheck;
import io.kafkafetch.domain.processor.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A type of processor whose faults stay with those who use it, and which tells nobody a secret of
 * its configuration. What it says about itself is asked once, so that a list of types cannot fail.
 */
final class ContainedFactory implements ProcessorFactory {
  /** How long a request waits for somebody else's code. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ProcessorFactory factory;
  private final Containment containment;
  private final String description;
  private final ConfigSchema schema;

  /** Around a factory, whose own faults come out here, before anybody relies on it. */
  ContainedFactory(ProcessorFactory factory) {
    this.factory = factory;
    containment = new Containment(factory.type(), factory.getClass());
    description = factory.description();
    schema = factory.schema();
  }

  @Override
  public String type() {
    return containment.type();
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public ConfigSchema schema() {
    return schema;
  }

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    var secrets = SecretTexts.of(plan.config(), schema);
    var called =
        containment.callWithin(
            LIMIT,
            "validate",
            secrets.guarding(() ->
                factory.validate(plan).stream()
                    .map(said -> new Violation(said.field(), secrets.hide(said.message())))
                    .toList()));
    return switch (called) {
      case Called.Back<List<Violation>>(var violations) -> violations;
      case Called.Failed<List<Violation>>(var reason, _) ->
          List.of(new Violation("", "cannot be validated: " + reason));
    };
  }

  @Override
  public List<SinkCheck> check(ProcessorPlan plan) {
    var secrets = SecretTexts.of(plan.config(), schema);
    var called =
        containment.callWithin(
            LIMIT,
            "check",
            secrets.guarding(() ->
                factory.check(plan).stream()
                    .map(said -> new SinkCheck(said.name(), said.ok(), secrets.hide(said.detail())))
                    .toList()));
    return switch (called) {
      case Called.Back<List<SinkCheck>>(var checks) -> checks;
      case Called.Failed<List<SinkCheck>>(var reason, _) ->
          List.of(new SinkCheck("check", false, reason));
    };
  }

  @Override
  public List<ResourceClaim> claims(ProcessorPlan plan) {
    return claimed(plan).orElse(List.of());
  }

  /** The same, with nothing for what it cannot tell; that is not the claim to nothing. */
  Optional<List<ResourceClaim>> claimed(ProcessorPlan plan) {
    var secrets = SecretTexts.of(plan.config(), schema);
    return containment.call(
        "claims",
        secrets.guarding(() -> Optional.of(List.copyOf(factory.claims(plan)))),
        Optional.empty());
  }

  /** Where nobody can say where a secret goes, it is no place where one went before. */
  @Override
  public String destination(ProcessorConfig config) {
    var secrets = SecretTexts.of(config, schema);
    return containment.call(
        "destination",
        secrets.guarding(() -> factory.destination(config)),
        UUID.randomUUID().toString());
  }

  /** Opens nothing yet: somebody else's code may hang, and that is for its own partitions to do. */
  @Override
  public Processor open(ProcessorContext context) {
    var secrets = SecretTexts.of(context.config(), schema);
    return new ContainedProcessor(
        containment, secrets.guarding(() -> new DiscreetProcessor(factory.open(context), secrets)));
  }
}
