package io.kafkafetch.application.delivery;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import io.kafkafetch.domain.processor.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A type of processor that keeps no rule: its sinks stop after everything that they were given. */
class BrokenSinks implements ProcessorFactory {
  PartitionDelivery delivery() {
    var partition = member().partition(GivenDelivery.SOURCE);
    partition.begin(new CommittedOffset(0, ""));
    return partition;
  }

  MemberDelivery member() {
    var plain = Given.spec("orders", "billing");
    var processor =
        new ProcessorSpec(
            Given.newId().value(), "broken", ProcessorConfig.empty(), Given.NOON, Given.NOON);
    var spec =
        new ConsumerSpec(
            plain.cluster(),
            plain.topic(),
            plain.group(),
            List.of(processor),
            1,
            plain.offsetReset(),
            plain.delivery());
    return new DeliveryEngine(
            new ProcessorTypes(List.of(this)),
            SecretReferences.none(),
            _ -> Optional.empty(),
            new ProcessorEnvironment(Map.of(), InstantSource.system()),
            () -> 0.5)
        .open(new MemberSpec(Given.newId(), 1, 0, new ServerId("server"), spec));
  }

  @Override
  public String type() {
    return "broken";
  }

  @Override
  public String description() {
    return "Keeps no rule.";
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
    return new Processor() {
      @Override
      public Opening open(SourcePartition partition) {
        return new Opening.Opened(new Sink());
      }

      @Override
      public void close() {
        // Nothing is shared.
      }
    };
  }

  private static final class Sink implements PartitionSink {
    @Override
    public Optional<Progress> remembered() {
      return Optional.empty();
    }

    @Override
    public void begin(Progress start) {
      // Remembers nothing.
    }

    @Override
    public Outcome deliver(RecordBatch batch) {
      return Outcome.stopped(batch.size(), new Cause.Transient("after all"));
    }

    @Override
    public Optional<Cause> flush() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
