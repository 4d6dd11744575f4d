package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One processor's way through one partition: what it has, what of that is durable, and when it is
 * tried again. Owned by the partition's worker; only {@link #trouble()} is read by others.
 */
final class ProcessorChannel {
  private final OpenProcessor processor;
  private final SourcePartition source;
  private final MemberDelivery member;
  private final BadRecordSearch search = new BadRecordSearch();
  private final Retries retries = new Retries();
  private final CallWatch watch;

  private @Nullable PartitionSink sink;

  /** The first offset that the sink does not have, or was not yet rightly spared. */
  private long next;

  /** Up to here the sink is durable; commits never pass it. */
  private long durable;

  private long generation;

  ProcessorChannel(OpenProcessor processor, SourcePartition source, MemberDelivery member) {
    this.processor = processor;
    this.source = source;
    this.member = member;
    watch = new CallWatch(processor.spec().type(), member.clock());
  }

  OpenProcessor processor() {
    return processor;
  }

  long next() {
    return next;
  }

  long durable() {
    return durable;
  }

  Optional<Trouble> trouble() {
    return retries.trouble().or(watch::trouble);
  }

  /** What the sink remembers; only after {@link #open} was done. */
  Optional<Progress> remembered() {
    return sink == null ? Optional.empty() : sink.remembered();
  }

  /** Opens the sink if it is not open; {@link Advance.Done} when it is. */
  Advance open() {
    if (sink != null) {
      return Advance.DONE;
    }
    var hindrance = retries.hindrance(member.now());
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    return switch (watch.call("open", () -> processor.processor().open(source))) {
      case Opening.Opened opened -> {
        sink = opened.sink();
        retries.succeeded();
        yield Advance.DONE;
      }
      case Opening.Refused(Cause.Transient cause) -> failed(cause);
      case Opening.Refused(Cause.Fatal cause) -> halted(cause);
      case Opening.Refused(Cause.Poison cause) -> halted(new Cause.Fatal(cause.reason()));
    };
  }

  /** Fixes where this processor begins. The sink is told as soon as it is open. */
  void begin(long generation, long offset) {
    this.generation = generation;
    next = offset;
    durable = offset;
    if (sink != null) {
      sink.begin(new Progress(generation, offset));
    }
  }

  /** Brings this processor up to the end of the batch, as far as that goes now. */
  Advance advance(RecordBatch batch, DeliveryPolicy policy, PartitionControl control) {
    if (next >= batch.nextOffset()) {
      return Advance.DONE;
    }
    if (sink == null) {
      switch (open()) {
        case Advance.Done _ -> begin(generation, next);
        case Advance.Waiting waiting -> {
          return waiting;
        }
        case Advance.Halted halted -> {
          return halted;
        }
      }
    }
    var hindrance = retries.hindrance(member.now());
    if (hindrance.isPresent()) {
      return hindrance.get();
    }
    if (retries.begin()) {
      processor.statistics.retried();
    }
    return deliver(batch, policy, control);
  }

  private Advance deliver(RecordBatch batch, DeliveryPolicy policy, PartitionControl control) {
    int from = batch.indexOf(next);
    while (from < batch.size()) {
      if (control.isAbandoned()) {
        return new Advance.Waiting(member.now());
      }
      int to = search.limit(from, BatchCut.end(batch, from, policy));
      var part = from == 0 && to == batch.size() ? batch : batch.slice(from, to);
      switch (timed(part)) {
        case Outcome.Delivered _ -> {
          taken(to - from);
          next = part.nextOffset();
          from = to;
          search.passed(from);
        }
        case Outcome.Stopped(int delivered, Cause cause) -> {
          if (delivered >= to - from) {
            throw new IllegalStateException(
                processor.spec().type() + " stopped after all that it was given: " + cause);
          }
          taken(delivered);
          from += delivered;
          next = batch.offset(from);
          var stop = stopped(batch, from, to - from, cause, policy);
          if (stop.isPresent()) {
            return stop.get();
          }
          from = batch.indexOf(next);
        }
      }
    }
    next = batch.nextOffset();
    retries.succeeded();
    return Advance.DONE;
  }

  private Outcome timed(RecordBatch part) {
    long begun = System.nanoTime();
    var outcome = watch.call("deliver", () -> openSink().deliver(part));
    processor.statistics.called(System.nanoTime() - begun);
    return outcome;
  }

  /**
   * Empty when delivery goes on at {@link #next}.
   *
   * @param left how many records of what the sink was given it did not take
   */
  private Optional<Advance> stopped(
      RecordBatch batch, int index, int left, Cause cause, DeliveryPolicy policy) {
    return switch (cause) {
      case Cause.Transient later -> Optional.of(failed(later));
      case Cause.Fatal fatal -> {
        processor.statistics.failed();
        yield Optional.of(halted(fatal));
      }
      // Of one record there is nothing to narrow, whatever the sink says.
      case Cause.Poison poison when Math.min(poison.suspects(), left) > 1 -> {
        search.narrow(index, index + Math.min(poison.suspects(), left));
        yield Optional.empty();
      }
      case Cause.Poison poison -> poisoned(batch, index, poison, policy);
    };
  }

  private Optional<Advance> poisoned(
      RecordBatch batch, int index, Cause.Poison poison, DeliveryPolicy policy) {
    processor.statistics.failed();
    if (!policy.deadLetter().enabled()) {
      return Optional.of(
          halted(
              new Cause.Fatal(
                  "Record "
                      + source
                      + " at offset "
                      + batch.offset(index)
                      + " is refused and dead letters are off: "
                      + poison.reason())));
    }
    var notAppended = member.deadLetter(batch, index, processor.spec(), poison.reason());
    if (notAppended.isPresent()) {
      return Optional.of(
          switch (notAppended.get()) {
            case Cause.Transient later -> failed(later);
            case Cause.Fatal fatal -> halted(fatal);
            case Cause.Poison refused -> halted(new Cause.Fatal(refused.reason()));
          });
    }
    processor.statistics.deadLettered();
    next = index + 1 < batch.size() ? batch.offset(index + 1) : batch.nextOffset();
    openSink().skipTo(next);
    search.passed(index + 1);
    return Optional.empty();
  }

  /**
   * Makes durable what was delivered.
   *
   * @return false when the sink lost it: {@link #next} is back where it was durable
   */
  boolean flush() {
    // One that fails is asked in any case: it may wait for the question to say what it lost.
    if (sink == null || (next == durable && retries.failures() == 0)) {
      return true;
    }
    var lost = watch.call("flush", openSink()::flush);
    if (lost.isEmpty()) {
      durable = next;
      retries.flushed(member.now());
      return true;
    }
    processor.statistics.failed();
    retries.flushFailed(lost.get(), member.policy().retry(), member.now(), member.chance());
    member.troubled(source, processor.spec(), lost.get().reason(), retries.failures());
    next = durable;
    search.reset();
    sink.begin(new Progress(generation, durable));
    return false;
  }

  /** Everything below {@code offset} needs no delivery. */
  void skipTo(long offset) {
    if (offset > next) {
      next = offset;
      if (sink != null) {
        sink.skipTo(offset);
      }
    }
  }

  void close() {
    if (sink != null) {
      sink.close();
      sink = null;
    }
    processor.release();
  }

  private PartitionSink openSink() {
    if (sink == null) {
      throw new IllegalStateException("The sink of " + source + " is not open");
    }
    return sink;
  }

  private void taken(int records) {
    if (records > 0) {
      processor.statistics.delivered(records);
      retries.taken();
    }
  }

  private Advance failed(Cause.Transient cause) {
    processor.statistics.failed();
    var next = retries.failed(cause, member.policy().retry(), member.now(), member.chance());
    member.troubled(source, processor.spec(), cause.reason(), retries.failures());
    return next;
  }

  private Advance halted(Cause cause) {
    return retries.halted(cause, member.now());
  }
}
