package io.kafkafetch.adapter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A sink that keeps what it is given, and refuses what the test tells it to. */
final class Collecting implements ProcessorFactory {
  private final List<String> values = new CopyOnWriteArrayList<>();

  /** What to answer to a value; empty to take it. */
  volatile Function<String, Optional<Cause>> refusal = _ -> Optional.empty();

  List<String> values() {
    return values;
  }

  @Override
  public String type() {
    return "collecting";
  }

  @Override
  public String description() {
    return "Keeps what it is given.";
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

  private final class Sink implements PartitionSink {
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
      for (int i = 0; i < batch.size(); i++) {
        var bytes = batch.value(i);
        var value = bytes == null ? "" : new String(bytes, UTF_8);
        var cause = refusal.apply(value);
        if (cause.isPresent()) {
          return Outcome.stopped(i, cause.get());
        }
        values.add(value);
      }
      return Outcome.DELIVERED;
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
