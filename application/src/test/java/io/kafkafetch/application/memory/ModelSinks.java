package io.kafkafetch.application.memory;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sinks that keep only what they flushed, as a disk does, and whose calls fail by chance. What a
 * process that died had not flushed is gone, and it writes nothing any more.
 */
final class ModelSinks {
  private static final int POISON_EVERY = 97;

  private final Random random;
  private final Map<String, List<ModelWorld.Entry>> journals = new ConcurrentHashMap<>();
  private final AtomicInteger stretches = new AtomicInteger();
  private final AtomicInteger lostFlushes = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private volatile int deliveriesFail;
  private volatile int flushesFail;

  ModelSinks(long seed) {
    random = new Random(~seed);
  }

  /** How many of twenty calls fail. */
  void trouble(int deliveries, int flushes) {
    deliveriesFail = deliveries;
    flushesFail = flushes;
  }

  boolean isPoison(int value) {
    return value % POISON_EVERY == 13;
  }

  int lostFlushes() {
    return lostFlushes.get();
  }

  int open() {
    return open.get();
  }

  List<ModelWorld.Entry> journal(String name) {
    return List.copyOf(
        journals.computeIfAbsent(name, _ -> Collections.synchronizedList(new ArrayList<>())));
  }

  private boolean fails(int ofTwenty) {
    synchronized (random) {
      return random.nextInt(20) < ofTwenty;
    }
  }

  private int upTo(int most) {
    synchronized (random) {
      return random.nextInt(most + 1);
    }
  }

  /** The processors of one process. */
  Host process() {
    return new Host();
  }

  /** A type of processor that is installed in one process. */
  final class Host implements ProcessorFactory {
    private final Object writing = new Object();
    private boolean dead;

    void die() {
      synchronized (writing) {
        dead = true;
      }
    }

    @Override
    public String type() {
      return "model";
    }

    @Override
    public String description() {
      return "Keeps what it has flushed.";
    }

    @Override
    public ConfigSchema schema() {
      return ConfigSchema.of(
          ConfigField.required("name", new FieldType.Text(100), "the journal's name"));
    }

    @Override
    public List<Violation> validate(ProcessorPlan plan) {
      return List.of();
    }

    @Override
    public Processor open(ProcessorContext context) {
      var name = context.config().text("name");
      open.incrementAndGet();
      return new Processor() {
        @Override
        public Opening open(SourcePartition partition) {
          if (fails(deliveriesFail)) {
            return new Opening.Refused(new Cause.Transient("cannot be opened yet"));
          }
          open.incrementAndGet();
          return new Opening.Opened(new Sink(Host.this, name, partition.partition()));
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }
  }

  private final class Sink implements PartitionSink {
    private final Host process;
    private final String name;
    private final int partition;
    private final List<ModelWorld.Entry> unflushed = new ArrayList<>();
    private int stretch;

    Sink(Host process, String name, int partition) {
      this.process = process;
      this.name = name;
      this.partition = partition;
    }

    @Override
    public Optional<Progress> remembered() {
      return Optional.empty();
    }

    @Override
    public void begin(Progress start) {
      unflushed.clear();
      stretch = stretches.incrementAndGet();
    }

    @Override
    public Outcome deliver(RecordBatch batch) {
      int most = fails(deliveriesFail) ? upTo(batch.size() - 1) : batch.size();
      for (int i = 0; i < most; i++) {
        int value = Integer.parseInt(ModelWorld.text(batch.value(i)));
        if (isPoison(value)) {
          return Outcome.stopped(i, new Cause.Poison("odd", 1 + upTo(batch.size() - i - 1)));
        }
        unflushed.add(new ModelWorld.Entry(partition, stretch, value));
      }
      return most == batch.size()
          ? Outcome.DELIVERED
          : Outcome.stopped(most, new Cause.Transient("busy"));
    }

    @Override
    public Optional<Cause> flush() {
      if (fails(flushesFail)) {
        lostFlushes.incrementAndGet();
        unflushed.clear();
        return Optional.of(new Cause.Transient("the disk is full"));
      }
      synchronized (process.writing) {
        if (!process.dead) {
          journals
              .computeIfAbsent(name, _ -> Collections.synchronizedList(new ArrayList<>()))
              .addAll(unflushed);
        }
      }
      unflushed.clear();
      return Optional.empty();
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
