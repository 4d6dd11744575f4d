package io.kafkafetch.application.delivery;

import io.kafkafetch.application.delivery.Containment.Called;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A processor whose faults are refusals. It is made when its first partition is opened. */
final class ContainedProcessor implements Processor {
  /** How long whoever closes it waits, be it the thread that looks after all consumers. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Containment containment;
  private final Supplier<Processor> factory;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock, as is {@link #closed}. */
  private @Nullable Processor made;

  private boolean closed;

  ContainedProcessor(Containment containment, Supplier<Processor> factory) {
    this.containment = containment;
    this.factory = factory;
  }

  /** A sink that is open, with what it remembers. */
  record Sink(PartitionSink delegate, Optional<Progress> remembered) {}

  /** What came of opening a sink. */
  sealed interface SinkOpening {
    /** It is open. */
    record Opened(Sink sink) implements SinkOpening {}

    /** It is not. */
    record Refused(Cause cause) implements SinkOpening {}
  }

  @Override
  public Opening open(SourcePartition partition) {
    return contained("open", processor -> processor.open(partition));
  }

  @Override
  public Opening openToRedeliver(SourcePartition partition) {
    return contained("openToRedeliver", processor -> processor.openToRedeliver(partition));
  }

  private Opening contained(String what, Function<Processor, Opening> how) {
    return switch (sink(what, how)) {
      case SinkOpening.Opened(var sink) ->
          new Opening.Opened(new ContainedSink(containment, sink, () -> sink(what, how)));
      case SinkOpening.Refused(var cause) -> new Opening.Refused(cause);
    };
  }

  private SinkOpening sink(String what, Function<Processor, Opening> how) {
    return switch (processor()) {
      case Called.Failed<Processor>(var reason, _) ->
          // Whatever it did not like about its configuration is for a person to mend.
          new SinkOpening.Refused(new Cause.Fatal(reason));
      case Called.Back<Processor>(var processor) ->
          switch (containment.call(what, () -> opened(how.apply(processor)))) {
            case Called.Back<SinkOpening>(var opening) -> opening;
            case Called.Failed<SinkOpening>(var reason, var mayPass) ->
                new SinkOpening.Refused(cause(reason, mayPass));
          };
    };
  }

  private static SinkOpening opened(Opening opening) {
    return switch (opening) {
      case Opening.Opened(var sink) -> new SinkOpening.Opened(new Sink(sink, sink.remembered()));
      case Opening.Refused(var cause) -> new SinkOpening.Refused(cause);
    };
  }

  static Cause cause(String reason, boolean mayPass) {
    return mayPass ? new Cause.Transient(reason) : new Cause.Fatal(reason);
  }

  private Called<Processor> processor() {
    lock.lock();
    try {
      if (made != null) {
        return new Called.Back<>(made);
      }
      if (closed) {
        return new Called.Failed<>("The processor is closed", true);
      }
      var called = containment.call("open", factory);
      if (called instanceof Called.Back<Processor>(var processor)) {
        made = processor;
      }
      return called;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    var called = containment.callWithin(CLOSE_LIMIT, "close", this::closeNow);
    if (called instanceof Called.Failed<Boolean>) {
      // It was logged, and there is nobody who could do anything about it.
      return;
    }
  }

  private boolean closeNow() {
    Processor last;
    lock.lock();
    try {
      closed = true;
      last = made;
      made = null;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      last.close();
    }
    return true;
  }
}
