package io.kafkafetch.benchmarks.micro;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import io.kafkafetch.domain.processor.Violation;
import java.util.List;
import java.util.Optional;

/** A processor that takes everything and does nothing, so that what is left is the engine. */
final class NoSink implements ProcessorFactory, Processor, PartitionSink {
  private static final Outcome DELIVERED = new Outcome.Delivered();

  @Override
  public String type() {
    return "none";
  }

  @Override
  public String description() {
    return "Takes everything and does nothing";
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
    return this;
  }

  @Override
  public Opening open(SourcePartition partition) {
    return new Opening.Opened(this);
  }

  @Override
  public Optional<Progress> remembered() {
    return Optional.empty();
  }

  @Override
  public void begin(Progress start) {
    // Wherever it begins, nothing is done.
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    return DELIVERED;
  }

  @Override
  public Optional<Cause> flush() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // There is nothing to let go of.
  }
}
