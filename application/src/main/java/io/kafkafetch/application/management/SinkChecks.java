package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driving.ConsumerTrial.Check;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorPlan;
import java.util.List;

/** Looks whether a sink could be written to, without writing. */
final class SinkChecks {
  private final ProcessorTypes types;
  private final SecretReferences secrets;
  private final ProcessorEnvironment environment;

  SinkChecks(ProcessorTypes types, SecretReferences secrets, ProcessorEnvironment environment) {
    this.types = types;
    this.secrets = secrets;
    this.environment = environment;
  }

  List<Check> look(String name, ConsumerSpec spec, ProcessorSpec processor) {
    return switch (secrets.resolve(processor.config())) {
      case SecretReferences.Resolution.Unresolved(var reason) ->
          List.of(new Check(name + ".secrets", false, reason));
      case SecretReferences.Resolution.Resolved(var config) ->
          look(name, spec, processor.type(), config);
    };
  }

  private List<Check> look(String name, ConsumerSpec spec, String type, ProcessorConfig config) {
    var plan = new ProcessorPlan(config, spec.topic().value(), spec.tasksMax(), environment);
    return types
        .find(type)
        .map(factory ->
            factory.check(plan).stream()
                .map(check -> new Check(name + "." + check.name(), check.ok(), check.detail()))
                .toList())
        .orElseGet(() ->
            List.of(new Check(name, false, "The processor type " + type + " is not installed")));
  }
}
