package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One partition's way through all processors of its consumer. Every method but {@link #trouble()}
 * and {@link #control()} belongs to one thread at a time, the partition's worker; they block while
 * a sink is slow or being retried, and that is what the worker is for.
 *
 * <p>The order of calls: {@link #begin}, then {@link #deliver} and {@link #flush} as often as
 * needed, then {@link #close()}. {@link #durablePosition()} is what may be committed.
 */
public final class PartitionDelivery implements AutoCloseable {
  private final MemberDelivery member;
  private final SourcePartition source;
  private final PartitionControl control = new PartitionControl();

  /** Replaced as a whole when processors are swapped; reports read it. */
  private volatile List<ProcessorChannel> channels;

  private Wiring wiring;
  private long generation;

  /** Every processor has all records below. */
  private long position;

  /** Set once, when the consumer cannot go on; nothing is delivered after that. */
  private Optional<Step> halted = Optional.empty();

  PartitionDelivery(MemberDelivery member, SourcePartition source) {
    this.member = member;
    this.source = source;
    var connected = member.connect(source, List.of());
    wiring = connected.wiring();
    channels = connected.channels();
  }

  /** How other threads reach in. */
  public PartitionControl control() {
    return control;
  }

  /** Where the records come from. */
  public SourcePartition source() {
    return source;
  }

  /** The next offset to be delivered. */
  public long position() {
    return position;
  }

  /** Every sink is durable up to here: this may be committed, and nothing beyond. */
  public long durablePosition() {
    long durable = position;
    for (var channel : channels) {
      durable = Math.min(durable, channel.durable());
    }
    return durable;
  }

  /** What is not well, the oldest first; readable by any thread. */
  public Optional<Trouble> trouble() {
    return channels.stream()
        .flatMap(channel -> channel.trouble().stream())
        .min((one, other) -> one.since().compareTo(other.since()));
  }

  List<ProcessorChannel> channels() {
    return channels;
  }

  /**
   * Opens all processors, however long that takes, and decides where each begins.
   *
   * @param base what the group has committed, or the offset that the reset policy names
   */
  public Begin begin(CommittedOffset base) {
    while (true) {
      if (control.isAbandoned()) {
        return new Begin.Abandoned();
      }
      rewire();
      var pending = Instant.MAX;
      for (var channel : channels) {
        switch (channel.open()) {
          case Advance.Done _ -> {}
          case Advance.Waiting waiting ->
              pending = waiting.until().isBefore(pending) ? waiting.until() : pending;
          case Advance.Halted halted -> {
            return new Begin.Halted(halted.cause());
          }
        }
      }
      if (pending.equals(Instant.MAX)) {
        return beginAt(base);
      }
      control.pause(Duration.between(member.now(), pending));
    }
  }

  private Begin beginAt(CommittedOffset base) {
    var decision =
        StartDecision.of(
            base.offset(),
            CommitMark.read(base.metadata()),
            channels.stream().map(ProcessorChannel::remembered).toList());
    generation = decision.generation();
    for (int i = 0; i < channels.size(); i++) {
      channels.get(i).begin(generation, decision.starts().get(i));
    }
    position = decision.position(base.offset());
    return new Begin.At(position, generation);
  }

  /** Delivers a batch to every processor, however long that takes. */
  public Step deliver(RecordBatch batch) {
    // A batch after the one that halted must not be delivered: it would be committed over the hole.
    if (halted.isPresent()) {
      return halted.get();
    }
    long begun = System.nanoTime();
    while (true) {
      if (control.isAbandoned()) {
        return new Step.Abandoned();
      }
      long before = position;
      rewire();
      if (position < before && position < batch.offset(0)) {
        return new Step.Rewind(position);
      }
      switch (advanceAll(batch)) {
        case Advance.Done _ -> {
          member.delivered(batch, System.nanoTime() - begun);
          return new Step.Done();
        }
        case Advance.Waiting(var until) -> {
          // A sink may only be able to go on once it could say what it lost; and what a stuck batch
          // has delivered so far is worth making durable.
          if (!flushChannels()) {
            position = slowest();
            return new Step.Rewind(position);
          }
          control.pause(untilRetry(until));
        }
        case Advance.Halted(var cause) -> {
          halted = Optional.of(new Step.Halted(cause));
          return halted.get();
        }
      }
    }
  }

  /** One try for every processor: one that halts keeps no other from its records. */
  private Advance advanceAll(RecordBatch batch) {
    Advance all = Advance.DONE;
    for (var channel : channels) {
      var one = channel.advance(batch, member.policy(), control);
      all =
          switch (one) {
            case Advance.Done _ -> all;
            case Advance.Waiting(var until) ->
                switch (all) {
                  case Advance.Done _ -> one;
                  case Advance.Waiting(var earlier) -> until.isBefore(earlier) ? one : all;
                  case Advance.Halted _ -> all;
                };
            case Advance.Halted _ -> all instanceof Advance.Halted ? all : one;
          };
    }
    moveToSlowest(batch.nextOffset());
    return all;
  }

  private Duration untilRetry(Instant pending) {
    var until = Duration.between(member.now(), pending);
    return member.wiring() == wiring ? until : min(until, member.wiring().untilDrained());
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void moveToSlowest(long end) {
    long slowest = end;
    for (var channel : channels) {
      slowest = Math.min(slowest, channel.next());
    }
    position = Math.max(position, slowest);
  }

  /** Records up to here were consumed although there was nothing to deliver (markers, gaps). */
  public void skipTo(long offset) {
    if (offset > position && halted.isEmpty()) {
      for (var channel : channels) {
        channel.skipTo(offset);
      }
      position = offset;
    }
  }

  /** Makes durable what was delivered, and swaps processors if that was asked for meanwhile. */
  public Step flush() {
    if (!flushChannels()) {
      position = slowest();
      return new Step.Rewind(position);
    }
    long before = position;
    rewire();
    return position < before ? new Step.Rewind(position) : new Step.Done();
  }

  private boolean flushChannels() {
    boolean kept = true;
    for (var channel : channels) {
      kept &= channel.flush();
    }
    return kept;
  }

  private long slowest() {
    return channels.stream().mapToLong(ProcessorChannel::next).min().orElse(position);
  }

  /**
   * Applies a change of the consumer's processors, once those that go have drained or their time is
   * up. Kept ones keep their progress; an added one begins at the consumer's position.
   */
  private void rewire() {
    var wanted = member.wiring();
    if (wanted == wiring) {
      return;
    }
    var old = channels;
    boolean drained = drain(old, wanted);
    // A processor that could not flush has lost records, which then come again.
    position = old.isEmpty() ? position : slowest();
    if (!drained && !wanted.isDrainOver()) {
      return;
    }
    var connected = member.connect(source, old);
    var leaving = old.stream().filter(c -> !connected.channels().contains(c)).toList();
    leaving.forEach(ProcessorChannel::flush);
    position = old.isEmpty() ? position : slowest();
    for (var channel : connected.channels()) {
      if (!old.contains(channel)) {
        channel.begin(generation, position);
      }
    }
    channels = connected.channels();
    wiring = connected.wiring();
    leaving.forEach(ProcessorChannel::close);
  }

  /** Whether all that go have, durably, what any processor has. */
  private static boolean drain(List<ProcessorChannel> channels, Wiring wanted) {
    long furthest = channels.stream().mapToLong(ProcessorChannel::next).max().orElse(0);
    boolean drained = true;
    for (var channel : channels) {
      if (!wanted.keeps(channel.processor())) {
        drained &= channel.next() >= furthest && channel.flush();
      }
    }
    return drained;
  }

  /** Lets go of all sinks. What was not flushed may be lost. */
  @Override
  public void close() {
    channels.forEach(ProcessorChannel::close);
    channels = List.of();
    member.closed(this);
  }
}
