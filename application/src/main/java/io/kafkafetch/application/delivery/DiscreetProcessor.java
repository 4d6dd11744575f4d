package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.Optional;

/**
 * A processor that tells none of its secrets: whatever it, or a driver that it uses, gives for a
 * reason is told without them. Costs nothing while nothing goes wrong.
 */
final class DiscreetProcessor implements Processor {
  private final Processor inner;
  private final SecretTexts secrets;

  DiscreetProcessor(Processor inner, SecretTexts secrets) {
    this.inner = inner;
    this.secrets = secrets;
  }

  @Override
  public Opening open(SourcePartition partition) {
    return told(secrets.<Opening>guarding(() -> inner.open(partition)).get());
  }

  @Override
  public Opening openToRedeliver(SourcePartition partition) {
    return told(secrets.<Opening>guarding(() -> inner.openToRedeliver(partition)).get());
  }

  private Opening told(Opening opening) {
    return switch (opening) {
      case Opening.Opened(var sink) -> new Opening.Opened(new Sink(sink));
      case Opening.Refused(var cause) -> new Opening.Refused(secrets.hide(cause));
    };
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class Sink implements PartitionSink {
    private final PartitionSink sink;

    Sink(PartitionSink sink) {
      this.sink = sink;
    }

    @Override
    public Optional<Progress> remembered() {
      return sink.remembered();
    }

    @Override
    public void begin(Progress start) {
      sink.begin(start);
    }

    @Override
    public Outcome deliver(RecordBatch batch) {
      try {
        return told(sink.deliver(batch));
      } catch (RuntimeException defect) {
        throw secrets.hide(defect);
      }
    }

    @Override
    public Outcome redeliver(RecordBatch batch) {
      return told(secrets.<Outcome>guarding(() -> sink.redeliver(batch)).get());
    }

    private Outcome told(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Delivered delivered -> delivered;
        case Outcome.Stopped(var delivered, var cause) ->
            Outcome.stopped(delivered, secrets.hide(cause));
      };
    }

    @Override
    public Optional<Cause> flush() {
      return secrets.<Optional<Cause>>guarding(sink::flush).get().map(secrets::hide);
    }

    @Override
    public void skipTo(long nextOffset) {
      sink.skipTo(nextOffset);
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
