package io.kafkafetch.application.delivery;

import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery side of one member: its open processors and what they count, shared by the member's
 * partitions. Safe for any thread.
 */
public final class MemberDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemberDelivery.class);

  private final DeliveryEngine engine;
  private final Set<PartitionDelivery> partitions = ConcurrentHashMap.newKeySet();
  private final MemberCounts counts = new MemberCounts();

  /** Replaced by {@link #apply}; partitions look at it before each batch. */
  private volatile MemberSpec spec;

  /**
   * Replaced under the lock of this object; partitions compare it by identity before each batch.
   */
  private volatile Wiring wiring;

  /** The processors that reports tell of. */
  private volatile List<OpenProcessor> shown;

  /** Unix milliseconds of the last delivery, zero before the first. */
  private volatile long lastProgress;

  MemberDelivery(MemberSpec spec, DeliveryEngine engine) {
    this.spec = spec;
    this.engine = engine;
    wiring = new Wiring(engine.open(spec, List.of(), counts), engine.clock());
    shown = wiring.processors();
  }

  /** A partition that was assigned to the member. Opens nothing yet. */
  public PartitionDelivery partition(SourcePartition source) {
    var partition = new PartitionDelivery(this, source);
    partitions.add(partition);
    return partition;
  }

  /**
   * Applies a change of the consumer that leaves its source as it is. Partitions pick it up between
   * two batches.
   */
  public void apply(MemberSpec changed) {
    List<OpenProcessor> leaving;
    synchronized (this) {
      var old = wiring.processors();
      boolean same =
          old.stream().map(OpenProcessor::spec).toList().equals(changed.spec().processors());
      spec = changed;
      if (same) {
        leaving = List.of();
      } else {
        var renewed = engine.open(changed, old, counts);
        leaving = old.stream().filter(processor -> !renewed.contains(processor)).toList();
        wiring = new Wiring(renewed, engine.clock());
        shown = renewed;
      }
    }
    leaving.forEach(OpenProcessor::release);
    partitions.forEach(partition -> partition.control().wake());
  }

  synchronized Wiring.Connected connect(SourcePartition source, List<ProcessorChannel> old) {
    var channels = new ArrayList<ProcessorChannel>();
    for (var processor : wiring.processors()) {
      var kept = old.stream().filter(channel -> channel.processor() == processor).findFirst();
      channels.add(
          kept.orElseGet(() -> {
            processor.hold();
            return new ProcessorChannel(processor, source, this);
          }));
    }
    return new Wiring.Connected(wiring, List.copyOf(channels));
  }

  Wiring wiring() {
    return wiring;
  }

  DeliveryPolicy policy() {
    return spec.spec().delivery();
  }

  Instant now() {
    return engine.clock().instant();
  }

  InstantSource clock() {
    return engine.clock();
  }

  double chance() {
    return engine.chance().getAsDouble();
  }

  /**
   * Every processor has a batch.
   *
   * @param nanos since it was handed over
   */
  void delivered(RecordBatch batch, long nanos) {
    counts.processed.add(batch.size());
    counts.processedBytes.add(batch.sizeInBytes());
    counts.batches.increment();
    counts.batchNanos.add(nanos);
    engine.counts().batches().record(nanos);
    lastProgress = engine.clock().millis();
  }

  void closed(PartitionDelivery partition) {
    partitions.remove(partition);
  }

  Optional<Cause> deadLetter(RecordBatch batch, int index, ProcessorSpec refusing, String reason) {
    var current = spec;
    LOG.warn(
        "Consumer {}: {} refuses {} at offset {}, which goes to {}: {}",
        current.consumer(),
        refusing.type(),
        batch.source(),
        batch.offset(index),
        current.spec().deadLetterTopic(),
        reason);
    return engine
        .deadLetters()
        .append(
            new DeadLetter(
                current.spec().cluster(),
                current.spec().deadLetterTopic().value(),
                batch,
                index,
                current.consumer().toString(),
                current.spec().group().value(),
                refusing.id().toString(),
                refusing.type(),
                reason,
                1,
                now()));
  }

  /** Says so at the 1st, 2nd, 4th, 8th… failure in a row: visible, and no flood. */
  void troubled(SourcePartition source, ProcessorSpec processor, String reason, int failures) {
    if (Integer.bitCount(failures) == 1) {
      LOG.warn(
          "Consumer {}: {} does not take {} (failure {}): {}",
          spec.consumer(),
          processor.type(),
          source,
          failures,
          reason);
    }
  }

  /** What is not well in any partition, the oldest first. */
  public Optional<Trouble> trouble() {
    return partitions.stream()
        .flatMap(partition -> partition.trouble().stream())
        .min((one, other) -> one.since().compareTo(other.since()));
  }

  /** Each processor with what it counted; after the end those that were there last. */
  public List<ProcessorReport> processors() {
    return shown.stream()
        .map(processor -> processor.report(troubleOf(processor.spec().id())))
        .toList();
  }

  private Optional<Trouble> troubleOf(UUID processor) {
    return partitions.stream()
        .flatMap(partition -> partition.channels().stream())
        .filter(channel -> channel.processor().spec().id().equals(processor))
        .flatMap(channel -> channel.trouble().stream())
        .min((one, other) -> one.since().compareTo(other.since()));
  }

  /** Records that every processor has dealt with. */
  public long processed() {
    return counts.processed.sum();
  }

  /** What was counted here, together with what the member has counted at Kafka's end. */
  public RunCounts counts(long recordsConsumed, long bytesConsumed, long commits, long rebalances) {
    return new RunCounts(
        recordsConsumed,
        bytesConsumed,
        counts.processed.sum(),
        counts.processedBytes.sum(),
        counts.failed.sum(),
        counts.retried.sum(),
        counts.deadLettered.sum(),
        commits,
        rebalances,
        counts.batches.sum(),
        counts.batchNanos.sum() / 1_000_000);
  }

  /** When a record was last delivered. */
  public Optional<Instant> lastProgressAt() {
    long millis = lastProgress;
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** Closes the processors, once the last partition has let go of them. */
  @Override
  public synchronized void close() {
    var last = wiring.processors();
    wiring = new Wiring(List.of(), engine.clock());
    last.forEach(OpenProcessor::release);
  }
}
