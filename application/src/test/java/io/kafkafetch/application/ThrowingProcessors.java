package io.kafkafetch.application;

import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.util.List;

/** A type of processor that cannot be made. */
final class ThrowingProcessors implements ProcessorFactory {
  @Override
  public String type() {
    return "throwing";
  }

  @Override
  public String description() {
    return "Cannot be made.";
  }

  @Override
  public ConfigSchema schema() {
    return ConfigSchema.of();
  }

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return List.of();
  }

  @Override
  public Processor open(ProcessorContext context) {
    throw new IllegalStateException("a defect");
  }
}
