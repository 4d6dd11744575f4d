package io.kafkafetch.events;

import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells good records from bad ones: counts all, and logs and reports what is skipped. */
final class Outcomes {
  private static final Logger LOG = LoggerFactory.getLogger(TypedConsumer.class);

  private final Consumer<SkippedRecord> onSkipped;

  // Written by the consuming thread, read by any.
  private final LongAdder consumed = new LongAdder();
  private final LongAdder invalid = new LongAdder();
  private final LongAdder failed = new LongAdder();

  Outcomes(Consumer<SkippedRecord> onSkipped) {
    this.onSkipped = onSkipped;
  }

  ConsumerCounts counts() {
    return new ConsumerCounts(consumed.sum(), invalid.sum(), failed.sum());
  }

  /** The event of a record; null when it holds none. */
  <T> @Nullable T decode(RecordCodec<T> codec, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Objects.requireNonNull(codec.decode(record.value()), "The codec answered null");
    } catch (RuntimeException e) {
      invalid.increment();
      LOG.warn("Skipping invalid record {}: {}", place(record), oneLine(e));
      report(new SkippedRecord(SkippedRecord.Reason.INVALID, e, record));
      return null;
    }
  }

  /** Calls a function with an event; what it throws is dealt with here, unless it has to end. */
  <T> void call(EventCallback<T> callback, T event, ConsumerRecord<byte[], byte[]> record) {
    try {
      callback.onEvent(event);
      consumed.increment();
    } catch (InterruptedException e) {
      throw new InterruptException("Interrupted while handling " + place(record), e);
    } catch (InterruptException e) {
      throw e;
    } catch (Exception e) {
      failed.increment();
      LOG.error("Skipping {} as its callback failed", place(record), e);
      report(new SkippedRecord(SkippedRecord.Reason.CALLBACK_FAILED, e, record));
    }
  }

  void handedOut(int events) {
    consumed.add(events);
  }

  private void report(SkippedRecord skipped) {
    try {
      onSkipped.accept(skipped);
    } catch (RuntimeException e) {
      LOG.error("The hook for skipped records failed at {}", place(skipped.record()), e);
    }
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  /** Parts of it come out of the record: they shall not forge lines of the log. */
  private static String oneLine(RuntimeException e) {
    var text = e instanceof InvalidRecordException ? String.valueOf(e.getMessage()) : e.toString();
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
