package io.kafkafetch.application.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A type of processor whose sinks keep what they are given, and refuse what a test tells them to.
 * Each processor has a name, under which its test finds what it took.
 */
public final class RecordingSinks implements ProcessorFactory {
  private final Map<String, Recording> byName = new ConcurrentHashMap<>();

  /** What the processor of that name took, and what it shall refuse. */
  public Recording named(String name) {
    return byName.computeIfAbsent(name, _ -> new Recording());
  }

  /** A new processor of that name; two of the same name do not do the same work. */
  public static ProcessorSpec processor(String name) {
    return new ProcessorSpec(
        Given.newId().value(),
        "recording",
        new ProcessorConfig(Map.of("name", name)),
        Given.NOON,
        Given.NOON);
  }

  /** A record that a sink took. */
  public record Taken(SourcePartition source, long offset, String value) {}

  /** How often, and with how many records, a sink was called. */
  public record Call(long offset, int size) {}

  /** One processor. All fields may be set by a test while it runs. */
  public static final class Recording {
    private final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<Taken> durable = Collections.synchronizedList(new ArrayList<>());
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<Progress> begun = Collections.synchronizedList(new ArrayList<>());
    private final Map<SourcePartition, Progress> progress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Why a value is refused; empty to take it. */
    public volatile Function<String, Optional<Cause>> refusal = _ -> Optional.empty();

    /** Why a flush fails; empty when it does not. */
    public volatile Supplier<Optional<Cause>> flushing = Optional::empty;

    /** Why no partition can be opened; empty when it can. */
    public volatile Supplier<Optional<Cause>> opening = Optional::empty;

    /** How many records are suspect when one is poison: all up to the end of the batch, if so. */
    public volatile boolean vague;

    /** Whether it remembers how far it got, and drops what it has. */
    public volatile boolean remembers;

    /** What its sinks were given and took, in that order, lost and repeated records included. */
    public List<Taken> taken() {
      return List.copyOf(taken);
    }

    /** What its sinks took and flushed. */
    public List<Taken> durable() {
      return List.copyOf(durable);
    }

    /** The values that it took from one partition. */
    public List<String> values(int partition) {
      return taken().stream()
          .filter(record -> record.source().partition() == partition)
          .map(Taken::value)
          .toList();
    }

    /** The values that it took. */
    public List<String> values() {
      return taken().stream().map(Taken::value).toList();
    }

    /** The calls of its sinks. */
    public List<Call> calls() {
      return List.copyOf(calls);
    }

    /** Where its sinks were told to begin. */
    public List<Progress> begun() {
      return List.copyOf(begun);
    }

    /** How many processors and sinks are open. */
    public int open() {
      return open.get();
    }

    /** As if it had got so far in an earlier life. */
    public void remember(SourcePartition source, Progress far) {
      remembers = true;
      progress.put(source, far);
    }

    /** Takes everything again. */
    public void mend() {
      refusal = _ -> Optional.empty();
      flushing = Optional::empty;
      opening = Optional::empty;
    }
  }

  @Override
  public String type() {
    return "recording";
  }

  @Override
  public String description() {
    return "Keeps what it is given.";
  }

  @Override
  public ConfigSchema schema() {
    return ConfigSchema.of(
        ConfigField.required("name", new FieldType.Text(100), "under which a test finds it"));
  }

  @Override
  public List<Violation> validate(ProcessorPlan plan) {
    return List.of();
  }

  @Override
  public Processor open(ProcessorContext context) {
    var recording = named(context.config().text("name"));
    recording.open.incrementAndGet();
    return new Processor() {
      @Override
      public Opening open(SourcePartition partition) {
        var refused = recording.opening.get();
        if (refused.isPresent()) {
          return new Opening.Refused(refused.get());
        }
        recording.open.incrementAndGet();
        return new Opening.Opened(new Sink(recording, partition));
      }

      @Override
      public void close() {
        recording.open.decrementAndGet();
      }
    };
  }

  private static final class Sink implements PartitionSink {
    private final Recording recording;
    private final SourcePartition source;
    private final List<Taken> unflushed = new ArrayList<>();
    private Progress progress = new Progress(0, 0);

    Sink(Recording recording, SourcePartition source) {
      this.recording = recording;
      this.source = source;
    }

    @Override
    public Optional<Progress> remembered() {
      return recording.remembers
          ? Optional.ofNullable(recording.progress.get(source))
          : Optional.empty();
    }

    @Override
    public void begin(Progress start) {
      progress = start;
      unflushed.clear();
      recording.begun.add(start);
    }

    @Override
    public Outcome deliver(RecordBatch batch) {
      recording.calls.add(new Call(batch.offset(0), batch.size()));
      if (recording.vague) {
        return deliverWhole(batch);
      }
      for (int i = 0; i < batch.size(); i++) {
        var cause = recording.refusal.apply(text(batch, i));
        if (cause.isPresent()) {
          return Outcome.stopped(i, cause.get());
        }
        take(batch, i);
      }
      return Outcome.DELIVERED;
    }

    /** Like a database that takes a batch or nothing, and does not say which record is bad. */
    private Outcome deliverWhole(RecordBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        var cause = recording.refusal.apply(text(batch, i));
        if (cause.isPresent()) {
          return Outcome.stopped(
              0,
              cause.get() instanceof Cause.Poison poison
                  ? new Cause.Poison(poison.reason(), batch.size())
                  : cause.get());
        }
      }
      for (int i = 0; i < batch.size(); i++) {
        take(batch, i);
      }
      return Outcome.DELIVERED;
    }

    private void take(RecordBatch batch, int index) {
      var record = new Taken(source, batch.offset(index), text(batch, index));
      recording.taken.add(record);
      unflushed.add(record);
      progress = progress.at(batch.offset(index) + 1);
    }

    private static String text(RecordBatch batch, int index) {
      var value = batch.value(index);
      return value == null ? "" : new String(value, UTF_8);
    }

    @Override
    public Optional<Cause> flush() {
      var lost = recording.flushing.get();
      if (lost.isEmpty()) {
        recording.durable.addAll(unflushed);
        recording.progress.put(source, progress);
      }
      unflushed.clear();
      return lost;
    }

    @Override
    public void skipTo(long nextOffset) {
      progress = progress.at(nextOffset);
    }

    @Override
    public void close() {
      recording.open.decrementAndGet();
    }
  }
}
