package io.kafkafetch.application.delivery;

import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Opens the delivery side of members. Safe for any thread. */
public final class DeliveryEngine {
  private final ProcessorTypes types;
  private final ResolvedProcessors secrets;
  private final DeadLetters deadLetters;
  private final ProcessorEnvironment environment;
  private final DoubleSupplier chance;
  private final DeliveryCounts counts = new DeliveryCounts();

  /**
   * An engine.
   *
   * @param chance numbers from 0 (inclusive) to 1 (exclusive), for jitter
   */
  public DeliveryEngine(
      ProcessorTypes types,
      SecretReferences secrets,
      DeadLetters deadLetters,
      ProcessorEnvironment environment,
      DoubleSupplier chance) {
    this.types = types;
    this.secrets = new ResolvedProcessors(secrets, environment);
    this.deadLetters = deadLetters;
    this.environment = environment;
    this.chance = chance;
  }

  /** The delivery side of one member. */
  public MemberDelivery open(MemberSpec spec) {
    return new MemberDelivery(spec, this);
  }

  /** One processor alone, for redelivering dead letters beside the members. Close it. */
  public Processor openAlone(MemberSpec spec, ProcessorSpec wanted) {
    return open(spec, wanted);
  }

  /** Opens the wanted processors, keeping those of {@code old} that do the same work. */
  List<OpenProcessor> open(MemberSpec spec, List<OpenProcessor> old, MemberCounts counts) {
    var opened = new ArrayList<OpenProcessor>();
    for (var wanted : spec.spec().processors()) {
      opened.add(
          old.stream()
              .filter(processor -> processor.spec().equals(wanted))
              .findFirst()
              .orElseGet(() ->
                  new OpenProcessor(
                      wanted,
                      open(spec, wanted),
                      new ProcessorStatistics(counts, this.counts.of(wanted.type())))));
    }
    return List.copyOf(opened);
  }

  private Processor open(MemberSpec spec, ProcessorSpec wanted) {
    var factory = types.find(wanted.type());
    if (factory.isEmpty()) {
      return new Missing("The processor type " + wanted.type() + " is not installed");
    }
    var source = spec.spec();
    return switch (secrets.resolve(
        factory.get(), wanted, source.topic().value(), source.tasksMax())) {
      case SecretReferences.Resolution.Resolved(var config) -> {
        var context =
            new ProcessorContext(
                spec.consumer().toString(),
                wanted.id().toString(),
                spec.spec().group().value(),
                config,
                environment);
        yield factory.get().open(context);
      }
      case SecretReferences.Resolution.Unresolved(var reason) -> new Missing(reason);
    };
  }

  /** What all members have counted here. */
  public DeliveryCounts counts() {
    return counts;
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  InstantSource clock() {
    return environment.clock();
  }

  DoubleSupplier chance() {
    return chance;
  }

  /** Stands for a processor that cannot even be made, so that its consumer says why. */
  private record Missing(String reason) implements Processor {
    @Override
    public Opening open(SourcePartition partition) {
      return new Opening.Refused(new Cause.Fatal(reason));
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }
}
