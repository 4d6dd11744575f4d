package io.kafkafetch.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings the events of what a reader reads to the program: one by one, or in batches.
 *
 * @param <T> the type of the events
 */
final class Delivery<T> {
  private static final Duration RECHECK = Duration.ofMillis(100);

  private final RecordCodec<T> codec;
  private final RecordReader reader;
  private final Outcomes outcomes;

  /** Whether code of the program runs inside of us. */
  private boolean calling;

  Delivery(RecordCodec<T> codec, RecordReader reader, Outcomes outcomes) {
    this.codec = codec;
    this.reader = reader;
    this.outcomes = outcomes;
  }

  boolean calling() {
    return calling;
  }

  /**
   * Calls a function with each event until no record comes for the timeout, or a stop. Where Kafka
   * has records but has not brought them yet, as on a slow start, it may have {@code patience}
   * more.
   */
  void consume(EventCallback<T> callback, Duration timeout, Duration patience) {
    var idle = Deadline.in(timeout);
    var limit = Deadline.in(timeout, patience);
    while (!reader.stopped()) {
      var records = reader.poll(idle.left());
      if (!records.isEmpty()) {
        handle(new Batch(records), callback);
        idle = Deadline.in(timeout);
        limit = Deadline.in(timeout, patience);
      } else if (idle.passed()) {
        boolean unread = reader.contact().unread();
        if (!unread || limit.passed()) {
          return;
        }
        idle = Deadline.in(RECHECK);
      } else {
        reader.contact().requireIfSilent();
      }
      reader.commits().atInterval();
    }
  }

  /** Handles a batch until its end, a stop, or the time when the group would give us up. */
  private void handle(Batch batch, EventCallback<T> callback) {
    var limit = Deadline.in(reader.longestBatch());
    reader.commits().opened(batch);
    try {
      for (var cursor : batch.cursors()) {
        for (var record : cursor.records()) {
          if (reader.stopped() || limit.passed()) {
            return;
          }
          handle(record, cursor, callback);
          reader.commits().atInterval();
        }
        cursor.moveToEnd();
      }
    } finally {
      reader.commits().close();
    }
  }

  private void handle(
      ConsumerRecord<byte[], byte[]> record, Batch.Cursor cursor, EventCallback<T> callback) {
    boolean done = false;
    cursor.moveTo(record.offset() + 1); // A commit inside the callback means this event too.
    calling = true;
    try {
      T event = outcomes.decode(codec, record);
      if (event != null) {
        outcomes.call(callback, event, record);
      }
      done = true;
    } finally {
      calling = false;
      if (!done) {
        cursor.moveTo(record.offset());
      }
    }
  }

  /** Hands out the events of the next records, until the timeout or a stop. */
  Map<TopicPartition, List<EventRecord<T>>> poll(Duration timeout) {
    var deadline = Deadline.in(timeout);
    do {
      reader.commits().atInterval();
      var records = reader.poll(deadline.left());
      if (!records.isEmpty()) {
        var events = handOut(records);
        if (!events.isEmpty()) {
          return events;
        }
      }
    } while (!deadline.passed() && !reader.stopped());
    reader.contact().requireIfSilent();
    return Map.of();
  }

  private Map<TopicPartition, List<EventRecord<T>>> handOut(
      ConsumerRecords<byte[], byte[]> records) {
    var batch = new Batch(records);
    var all = new LinkedHashMap<TopicPartition, List<EventRecord<T>>>();
    boolean done = false;
    reader.commits().opened(batch);
    calling = true;
    try {
      for (var cursor : batch.cursors()) {
        var events = cursor.records().stream().flatMap(r -> event(cursor.partition(), r)).toList();
        if (!events.isEmpty()) {
          all.put(cursor.partition(), events);
        }
      }
      done = true;
    } finally {
      calling = false;
      if (!done) {
        reader.commits().close();
      } else if (all.isEmpty()) {
        reader.commits().acknowledge();
      }
    }
    all.values().forEach(events -> outcomes.handedOut(events.size()));
    return Collections.unmodifiableMap(all);
  }

  private Stream<EventRecord<T>> event(
      TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    T event = outcomes.decode(codec, record);
    if (event == null) {
      return Stream.empty();
    }
    return Stream.of(
        new EventRecord<>(
            partition,
            record.offset(),
            Instant.ofEpochMilli(record.timestamp()),
            record.key(),
            record.headers(),
            event));
  }
}
