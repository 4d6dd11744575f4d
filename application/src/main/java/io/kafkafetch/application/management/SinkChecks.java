package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.delivery.ResolvedProcessors;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driving.ConsumerTrial.Check;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import java.util.List;

/** Looks whether a sink could be written to, without writing. */
final class SinkChecks {
  private final ProcessorTypes types;
  private final ResolvedProcessors secrets;
  private final ProcessorEnvironment environment;

  SinkChecks(ProcessorTypes types, SecretReferences secrets, ProcessorEnvironment environment) {
    this.types = types;
    this.secrets = new ResolvedProcessors(secrets, environment);
    this.environment = environment;
  }

  List<Check> look(String name, ConsumerSpec spec, ProcessorSpec processor) {
    return types
        .find(processor.type())
        .map(factory -> look(name, spec, processor, factory))
        .orElseGet(() ->
            List.of(
                new Check(
                    name, false, "The processor type " + processor.type() + " is not installed")));
  }

  private List<Check> look(
      String name, ConsumerSpec spec, ProcessorSpec processor, ProcessorFactory factory) {
    var topic = spec.topic().value();
    return switch (secrets.resolve(factory, processor, topic, spec.tasksMax())) {
      case SecretReferences.Resolution.Unresolved(var reason) ->
          List.of(new Check(name + ".secrets", false, reason));
      case SecretReferences.Resolution.Resolved(var config) ->
          factory.check(new ProcessorPlan(config, topic, spec.tasksMax(), environment)).stream()
              .map(check -> new Check(name + "." + check.name(), check.ok(), check.detail()))
              .toList();
    };
  }
}
