package io.kafkafetch.application.delivery;

import io.kafkafetch.application.delivery.ContainedProcessor.Sink;
import io.kafkafetch.application.delivery.ContainedProcessor.SinkOpening;
import io.kafkafetch.application.delivery.Containment.Called;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A sink whose faults are causes. After one of them nothing is known of the sink: it is closed, and
 * another one is opened in its place, which begins where the last flush succeeded. Belongs to one
 * thread at a time, like any sink.
 */
final class ContainedSink implements PartitionSink {
  private final Containment containment;
  private final Supplier<SinkOpening> reopening;
  private final Optional<Progress> remembered;

  /** Null after a fault, until another one is open. */
  private @Nullable PartitionSink sink;

  /** Where another sink would begin: what lies below is safe. */
  private @Nullable Progress safe;

  /** The first offset that was neither delivered nor passed over. */
  private long next;

  /** Whether something was taken since the last flush. */
  private boolean unflushed;

  /** Why what was taken since the last flush went down with a sink, when it did. */
  private Optional<Cause> lost = Optional.empty();

  ContainedSink(Containment containment, Sink opened, Supplier<SinkOpening> reopening) {
    this.containment = containment;
    this.reopening = reopening;
    sink = opened.delegate();
    remembered = opened.remembered();
  }

  @Override
  public Optional<Progress> remembered() {
    return remembered;
  }

  @Override
  public void begin(Progress start) {
    safe = start;
    next = start.nextOffset();
    unflushed = false;
    lost = Optional.empty();
    if (sink != null) {
      begin(sink, start).ifPresent(this::dropped);
    }
  }

  private Optional<Cause> begin(PartitionSink begun, Progress start) {
    return failure(
        containment.call(
            "begin",
            () -> {
              begun.begin(start);
              return true;
            }));
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    var outcome = given("deliver", open -> open.deliver(batch));
    next = Math.max(next, reached(batch, outcome));
    return outcome;
  }

  @Override
  public Outcome redeliver(RecordBatch batch) {
    // Old records, which say nothing about how far the sink is.
    return given("redeliver", open -> open.redeliver(batch));
  }

  private Outcome given(String what, Function<PartitionSink, Outcome> how) {
    if (lost.isPresent()) {
      return Outcome.stopped(0, lost.get());
    }
    if (sink == null) {
      var refused = reopen();
      if (refused.isPresent()) {
        return Outcome.stopped(0, refused.get());
      }
    }
    var open = Objects.requireNonNull(sink);
    return switch (containment.call(what, () -> how.apply(open))) {
      case Called.Back<Outcome>(var outcome) -> {
        unflushed |= !(outcome instanceof Outcome.Stopped(int delivered, _) && delivered == 0);
        yield outcome;
      }
      case Called.Failed<Outcome>(var reason, var mayPass) -> {
        var cause = ContainedProcessor.cause(reason, mayPass);
        dropped(cause);
        yield Outcome.stopped(0, cause);
      }
    };
  }

  private static long reached(RecordBatch batch, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> batch.nextOffset();
      // Of one that claims more than it was given the engine says what is to be said.
      case Outcome.Stopped(int delivered, _) ->
          delivered < batch.size() ? batch.offset(delivered) : batch.nextOffset();
    };
  }

  private Optional<Cause> reopen() {
    return switch (reopening.get()) {
      case SinkOpening.Refused(var cause) -> Optional.of(cause);
      case SinkOpening.Opened(var opened) -> {
        var failed = begin(opened.delegate(), Objects.requireNonNull(safe));
        if (failed.isPresent()) {
          close(opened.delegate());
        } else {
          sink = opened.delegate();
        }
        yield failed;
      }
    };
  }

  /** Nothing is known of the sink any more. */
  private void dropped(Cause cause) {
    if (sink != null) {
      close(sink);
      sink = null;
    }
    if (unflushed) {
      lost = Optional.of(cause);
    }
  }

  @Override
  public Optional<Cause> flush() {
    if (lost.isPresent()) {
      return lost;
    }
    if (sink == null) {
      flushed();
      return Optional.empty();
    }
    var open = sink;
    return switch (containment.call("flush", open::flush)) {
      case Called.Back<Optional<Cause>>(var cause) -> {
        if (cause.isEmpty()) {
          flushed();
        }
        yield cause;
      }
      case Called.Failed<Optional<Cause>>(var reason, var mayPass) -> {
        var cause = ContainedProcessor.cause(reason, mayPass);
        dropped(cause);
        yield Optional.of(cause);
      }
    };
  }

  private void flushed() {
    unflushed = false;
    if (safe != null) {
      safe = safe.at(next);
    }
  }

  @Override
  public void skipTo(long nextOffset) {
    next = Math.max(next, nextOffset);
    if (sink != null) {
      var open = sink;
      failure(
              containment.call(
                  "skipTo",
                  () -> {
                    open.skipTo(nextOffset);
                    return true;
                  }))
          .ifPresent(this::dropped);
    }
  }

  private static Optional<Cause> failure(Called<Boolean> called) {
    return switch (called) {
      case Called.Back<Boolean> _ -> Optional.empty();
      case Called.Failed<Boolean>(var reason, var mayPass) ->
          Optional.of(ContainedProcessor.cause(reason, mayPass));
    };
  }

  @Override
  public void close() {
    if (sink != null) {
      close(sink);
      sink = null;
    }
  }

  private void close(PartitionSink closed) {
    containment.call(
        "close",
        () -> {
          closed.close();
          return true;
        },
        true);
  }
}
