package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives letters to processors that are opened for this alone, beside those of the consumer's
 * members. Belongs to one thread.
 */
final class Redelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Redelivery.class);

  /** More open ends than this are closed at the next chance. */
  private static final int MOST_SINKS = 64;

  private final DeliveryEngine engine;
  private final MemberSpec spec;
  private final Map<UUID, Processor> processors = new HashMap<>();
  private final Map<End, PartitionSink> sinks = new LinkedHashMap<>();

  /** Why what was given since the last flush may be lost. */
  private Optional<Cause> lost = Optional.empty();

  private record End(UUID processor, SourcePartition partition) {}

  Redelivery(DeliveryEngine engine, MemberSpec spec) {
    this.engine = engine;
    this.spec = spec;
  }

  /** Why a letter was not taken; empty when it was. It is safe only after the next flush. */
  Optional<Cause> give(StoredLetter letter, ProcessorSpec to) {
    try {
      var end = new End(to.id(), letter.source());
      var sink = sinks.get(end);
      if (sink == null) {
        switch (processor(to).openToRedeliver(letter.source())) {
          case Opening.Refused(Cause.Poison poison) -> {
            return Optional.of(new Cause.Fatal(poison.reason()));
          }
          case Opening.Refused(var cause) -> {
            return Optional.of(cause);
          }
          case Opening.Opened(var opened) -> sink = begun(end, opened);
        }
      }
      return switch (sink.redeliver(new OriginalRecord(letter))) {
        case Outcome.Delivered _ -> Optional.empty();
        case Outcome.Stopped(_, var cause) -> Optional.of(cause);
      };
    } catch (RuntimeException | LinkageError defect) {
      return Optional.of(defect(to, defect));
    }
  }

  private PartitionSink begun(End end, PartitionSink opened) {
    sinks.put(end, opened);
    // Where it believes to be is left as it is.
    opened.begin(opened.remembered().orElse(new Progress(0, 0)));
    return opened;
  }

  private Processor processor(ProcessorSpec wanted) {
    return processors.computeIfAbsent(wanted.id(), _ -> engine.openAlone(spec, wanted));
  }

  private Cause defect(ProcessorSpec to, Throwable defect) {
    LOG.error("Consumer {}: {} fails in a redrive", spec.consumer(), to.type(), defect);
    // Also one that could not begin, so that it is opened anew.
    closeSinks();
    var cause =
        new Cause.Transient(
            "The processor " + to.type() + " fails in an unforeseen way; the log says more");
    lost = Optional.of(cause);
    return cause;
  }

  /**
   * Makes safe what was given; empty when that is done. Else everything since the last flush is to
   * be given again.
   */
  Optional<Cause> flush() {
    var trouble = lost;
    lost = Optional.empty();
    for (var sink : sinks.values()) {
      try {
        var own = sink.flush();
        trouble = trouble.or(() -> own);
      } catch (RuntimeException | LinkageError defect) {
        LOG.error("Consumer {}: a processor fails in a redrive", spec.consumer(), defect);
        trouble = Optional.of(new Cause.Transient("A processor fails in an unforeseen way"));
      }
    }
    if (trouble.isPresent() || sinks.size() > MOST_SINKS) {
      closeSinks();
    }
    return trouble;
  }

  private void closeSinks() {
    sinks.values().forEach(this::close);
    sinks.clear();
  }

  @Override
  public void close() {
    closeSinks();
    processors.values().forEach(this::close);
    processors.clear();
  }

  private void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception defect) {
      LOG.error("Consumer {}: a processor does not close", spec.consumer(), defect);
    }
  }
}
