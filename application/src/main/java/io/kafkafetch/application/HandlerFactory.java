package io.kafkafetch.application;

import io.kafkafetch.domain.processor.BatchHandler;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A type of processor that a handler of the host program makes. */
record HandlerFactory(String type, BatchHandler handler) implements ProcessorFactory {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerFactory.class);

  HandlerFactory {
    if (type.isBlank()) {
      throw new IllegalArgumentException("A type of processor has a name");
    }
  }

  @Override
  public String description() {
    return "Hands batches to a function of the program that it runs in.";
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
      public void close() {}
    };
  }

  /** One partition's end; the handler itself is shared. */
  private final class Sink implements PartitionSink {
    @Override
    public Optional<Progress> remembered() {
      return Optional.empty();
    }

    @Override
    public void begin(Progress start) {}

    @Override
    public Outcome deliver(RecordBatch batch) {
      try {
        return handler.handle(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed(batch, e);
      } catch (Exception e) {
        return failed(batch, e);
      }
    }

    /** The reason may be shown to clients, so the message, which is the host's own, stays here. */
    private Outcome failed(RecordBatch batch, Exception e) {
      LOG.warn(
          "{} did not take {} from offset {}; it is tried again",
          type,
          batch.source(),
          batch.offset(0),
          e);
      return Outcome.stopped(
          0, new Cause.Transient(type + " threw an exception, which the log tells."));
    }

    /** What the handler took counts as durable. */
    @Override
    public Optional<Cause> flush() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
