package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader.Span;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads once more, by offset, what was answered. Belongs to the polling thread. */
final class SessionReplay {
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final SessionLoop loop;
  private final SessionAssignment assignment;

  /** What is read of one partition. */
  private static final class Range {
    final SessionPartition one;
    final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long from = Long.MAX_VALUE;
    long to;
    long reached;

    Range(SessionPartition one) {
      this.one = one;
    }

    boolean isDone() {
      return reached >= to;
    }
  }

  SessionReplay(Consumer<byte[], byte[]> consumer, SessionLoop loop) {
    this.consumer = consumer;
    this.loop = loop;
    this.assignment = loop.assignment();
  }

  /** The answer's records did not arrive and its partitions are not all here: read what is. */
  void rewind(long era, List<Span> spans) {
    for (var span : spans) {
      assignment
          .find(span.partition())
          .filter(one -> one.placed && one.since <= era)
          .ifPresent(one -> assignment.rewind(one, span.from()));
    }
  }

  /** The records of these spans, in their order; the session's positions stay what they are. */
  List<ConsumerRecordBatch> read(List<Span> spans) {
    long era = assignment.era();
    var ranges = ranges(spans);
    assignment.flow(false);
    ranges
        .values()
        .forEach(range -> {
          consumer.seek(range.one.partition, range.from);
          range.reached = range.from;
          consumer.resume(List.of(range.one.partition));
        });
    try {
      readUntilDone(ranges, era);
    } finally {
      for (var range : ranges.values()) {
        if (assignment.has(range.one)) {
          consumer.seek(range.one.partition, range.one.fetched);
          consumer.pause(List.of(range.one.partition));
        }
      }
    }
    return spans.stream().map(span -> batch(span, ranges)).toList();
  }

  private Map<TopicPartition, Range> ranges(List<Span> spans) {
    var ranges = new HashMap<TopicPartition, Range>();
    for (var span : spans) {
      var one = assignment.find(span.partition()).orElseThrow(SessionFaults::stale);
      var range = ranges.computeIfAbsent(one.partition, _ -> new Range(one));
      range.from = Math.min(range.from, span.from());
      range.to = Math.max(range.to, span.to());
    }
    return ranges;
  }

  private void readUntilDone(Map<TopicPartition, Range> ranges, long era) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!ranges.values().stream().allMatch(Range::isDone)) {
      var found = loop.undisturbed(() -> consumer.poll(POLL));
      if (assignment.era() != era) {
        throw SessionFaults.stale();
      }
      for (var next : found.nextOffsets().entrySet()) {
        var range = ranges.get(next.getKey());
        if (range != null) {
          found.records(next.getKey()).stream()
              .filter(one -> one.offset() < range.to)
              .forEach(range.records::add);
          range.reached = next.getValue().offset();
          if (range.isDone()) {
            consumer.pause(List.of(next.getKey()));
          }
        }
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new Refusal.TimedOut("Kafka is too slow to read the answer again; repeat the poll.");
      }
    }
  }

  private static ConsumerRecordBatch batch(Span span, Map<TopicPartition, Range> ranges) {
    var range =
        java.util.Objects.requireNonNull(
            ranges.get(new TopicPartition(span.partition().topic(), span.partition().partition())));
    var records =
        range.records.stream()
            .filter(one -> one.offset() >= span.from() && one.offset() < span.to())
            .toList();
    if (records.size() != span.count()) {
      throw gone(span);
    }
    return new ConsumerRecordBatch(range.one.source(), records, span.to());
  }

  private static Refusal gone(Span span) {
    return new Refusal.Conflict(
        "The answer cannot be repeated: some of its records were deleted from "
            + span.partition()
            + " meanwhile. Poll without a token to go on");
  }
}
