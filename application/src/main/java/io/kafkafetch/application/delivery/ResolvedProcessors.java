package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Resolves references, and looks whether what came of them is what the processor takes. */
public final class ResolvedProcessors {
  private final SecretReferences secrets;
  private final ProcessorEnvironment environment;

  /** Over these references. */
  public ResolvedProcessors(SecretReferences secrets, ProcessorEnvironment environment) {
    this.secrets = secrets;
    this.environment = environment;
  }

  /**
   * The configuration to work with, or why there is none; neither repeats a secret.
   *
   * @param topic the topic that is to be read
   * @param tasksMax how many members read it
   */
  public SecretReferences.Resolution resolve(
      ProcessorFactory factory, ProcessorSpec processor, String topic, int tasksMax) {
    return switch (secrets.resolve(processor.config())) {
      case SecretReferences.Resolution.Resolved(var config)
          when !config.equals(processor.config()) ->
          checked(factory, config, topic, tasksMax);
      case SecretReferences.Resolution.Resolved resolved -> resolved;
      case SecretReferences.Resolution.Unresolved unresolved -> unresolved;
    };
  }

  /** What was a reference when it was stored could not be looked at then. */
  private SecretReferences.Resolution checked(
      ProcessorFactory factory, ProcessorConfig config, String topic, int tasksMax) {
    var wrong = new ArrayList<Violation>(factory.schema().validate(config));
    if (wrong.isEmpty()) {
      wrong.addAll(factory.validate(new ProcessorPlan(config, topic, tasksMax, environment)));
    }
    return wrong.isEmpty()
        ? new SecretReferences.Resolution.Resolved(config)
        : new SecretReferences.Resolution.Unresolved(
            "With its secrets resolved, the configuration cannot be used: " + sentence(wrong));
  }

  private static String sentence(List<Violation> wrong) {
    return wrong.stream()
        .map(violation -> violation.field() + " " + violation.message())
        .collect(Collectors.joining("; "));
  }
}
