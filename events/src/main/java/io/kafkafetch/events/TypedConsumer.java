package io.kafkafetch.events;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of one type from Kafka topics (seed {@code 004}): {@link #consumeEvents} calls a
 * function with each, {@link #poll} hands out batches.
 *
 * <p><b>Faults.</b> A record that is no valid event, and an event whose callback throws, is logged,
 * counted, told to {@link ConsumerOptions#onSkipped} and skipped. What Kafka refuses or fails to
 * answer is logged and thrown as a {@link KafkaException}, also where Kafka's own client would wait
 * in silence for a broker that is gone. An {@link Error} is never caught: the event stays
 * unhandled.
 *
 * <p><b>Commits.</b> At least once: only what was handled is committed. With auto-commit (the
 * default, in a group) that is an event whose callback has ended, and a polled batch once the
 * program comes back for the next one; committed every second, when partitions leave, when {@code
 * consumeEvents} returns, and on {@link #close()}. A batch that was polled last is therefore read
 * again unless {@link #commit()} confirms it.
 *
 * <p><b>Threads.</b> One thread at a time, enforced with a {@link
 * java.util.ConcurrentModificationException}; only {@link #stop}, {@link #isStopped} and {@link
 * #counts} are for all. A callback may call these, and {@code commit}, {@code position}, {@code
 * assignment}, {@code lag} and {@code close}, which then takes place when it has returned.
 *
 * @param <T> the type of the events
 */
public sealed class TypedConsumer<T> implements AutoCloseable permits WorkflowEventConsumer {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final ConsumerOptions options;
  private final Outcomes outcomes;
  private final RecordReader reader;
  private final Delivery<T> delivery;
  private final SingleThread thread = new SingleThread();

  /** Written and read by the one thread that is inside. */
  private @Nullable Duration closeAfterCallback;

  /**
   * Connects to Kafka.
   *
   * @throws KafkaException if no broker answers within the broker timeout, or one refuses
   */
  public TypedConsumer(RecordCodec<T> codec, ConsumerOptions options) {
    this.options = options;
    this.outcomes = new Outcomes(options.onSkipped());
    this.reader = SingleThread.logged("Connecting to Kafka", () -> new RecordReader(options));
    this.delivery = new Delivery<>(codec, reader, outcomes);
  }

  /**
   * Subscribes to these topics instead of any others. Without a group all of their partitions are
   * assigned, also those that appear later. Topics are never created.
   */
  public void subscribe(Collection<String> topics) {
    runOutsideCallback("subscribe", () -> reader.subscribe(topics));
  }

  /** The same as the longer form, with {@link ConsumerOptions#consumerTimeout}. */
  public long consumeEvents(EventCallback<T> callback, Collection<String> topics) {
    return consumeEvents(callback, topics, options.consumerTimeout());
  }

  /**
   * Calls a function with each event of these topics, in the order of each partition. Returns when
   * no record came for the timeout and none is there, or promptly after a {@link #stop}. The time
   * counts from the assignment, and again from the end of the last callback.
   *
   * @param timeout zero (what is there is handled) or more, {@code
   *     Duration.ofMillis(Long.MAX_VALUE)} for ever
   * @return how many events were handled
   * @throws KafkaException if Kafka fails, or no broker answers
   */
  public long consumeEvents(
      EventCallback<T> callback, Collection<String> topics, Duration timeout) {
    OptionRules.notNegative("timeout", timeout);
    return outsideCallback(
        "consumeEvents",
        () -> {
          try {
            reader.subscribe(topics);
            reader.commits().acknowledge();
            long before = counts().consumed();
            if (reader.awaitAssignment()) {
              delivery.consume(callback, timeout, options.brokerTimeout());
            }
            reader.commits().automatically(options.brokerTimeout());
            return counts().consumed() - before;
          } finally {
            closeIfAsked();
          }
        });
  }

  /**
   * Waits for records and hands out those of one poll, at most {@link
   * ConsumerOptions#maxPollRecords}; records that are no valid event are left out.
   *
   * @return the events of each partition, in order; empty when none came in time or after a stop
   * @throws IllegalStateException if no topics are subscribed
   * @throws KafkaException if Kafka fails, or no broker has answered for the broker timeout
   */
  public Map<TopicPartition, List<EventRecord<T>>> poll(Duration timeout) {
    OptionRules.notNegative("timeout", timeout);
    return outsideCallback(
        "poll",
        () -> {
          reader.requireSubscribed();
          reader.commits().acknowledge();
          return delivery.poll(timeout);
        });
  }

  /**
   * Commits everything that was handed out, in a callback its own event included, and waits for it.
   *
   * @throws IllegalStateException without a group
   * @throws KafkaException if it was not committed, such as {@link
   *     org.apache.kafka.clients.consumer.CommitFailedException} when the partitions have gone to
   *     another member
   */
  public void commit() {
    thread.run(
        "commit",
        () -> {
          requireGroup();
          if (!delivery.calling()) {
            reader.commits().acknowledge();
          }
          reader.commits().now(options.brokerTimeout());
        });
  }

  /**
   * Commits these offsets, each the next one to read, and waits for it.
   *
   * @throws IllegalStateException without a group
   * @throws IllegalArgumentException if a partition is not assigned to this consumer
   * @throws KafkaException if they were not committed
   */
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    thread.run(
        "commit",
        () -> {
          requireGroup();
          reader.requireAssigned(offsets.keySet());
          reader.commits().now(offsets);
          if (!delivery.calling()) {
            reader.commits().settled(offsets);
          }
        });
  }

  /**
   * Goes on reading a partition at this offset, once it is assigned.
   *
   * @param offset zero or more; beyond the log it counts as no offset, see {@link AutoOffsetReset}
   * @throws IllegalArgumentException if the topic is not subscribed or the offset negative
   * @throws KafkaException if the partition is not assigned within the broker timeout
   */
  public void seek(TopicPartition partition, long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative, not " + offset);
    }
    runOutsideCallback("seek", () -> reader.seek(partition, offset));
  }

  /**
   * The offset of the next event of a partition to be handed out, once it is assigned.
   *
   * @throws IllegalArgumentException if the topic is not subscribed
   * @throws KafkaException if the partition is not assigned, or its offset not found, within the
   *     broker timeout
   */
  public long position(TopicPartition partition) {
    return thread.answer("position", () -> place(partition));
  }

  private long place(TopicPartition partition) {
    var batch = reader.commits().open();
    if (delivery.calling() && batch != null) {
      var cursor = batch.cursor(partition);
      if (cursor.isPresent()) {
        return cursor.get().next();
      }
    }
    return reader.position(partition);
  }

  /** The partitions that this consumer reads now; empty until a group has assigned some. */
  public Set<TopicPartition> assignment() {
    return thread.answer("assignment", reader::assignment);
  }

  /**
   * How many offsets each assigned partition holds behind {@link #position}, once assigned.
   *
   * @throws IllegalStateException if no topics are subscribed
   * @throws KafkaException if Kafka does not answer
   */
  public Map<TopicPartition, Long> lag() {
    return thread.answer(
        "lag",
        () -> {
          if (!delivery.calling()) {
            reader.awaitAssignment();
          }
          var lag = new HashMap<TopicPartition, Long>();
          reader
              .ends()
              .forEach((partition, end) -> lag.put(partition, Math.max(0, end - place(partition))));
          return Collections.unmodifiableMap(lag);
        });
  }

  /** What became of the records read so far. From any thread. */
  public ConsumerCounts counts() {
    return outcomes.counts();
  }

  /**
   * Ends {@code consumeEvents} after the callback that runs, and {@code poll} at once, now and for
   * ever. From any thread, and from a callback.
   */
  public void stop() {
    reader.stop();
  }

  /** Whether {@link #stop} was called. From any thread. */
  public boolean isStopped() {
    return reader.stopped();
  }

  /** Closes within 10 s. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /**
   * Commits what was handled, with auto-commit; leaves the group and lets go of everything, also
   * when it throws. Once closed, closing again does nothing.
   *
   * @param timeout zero or more; what could not be committed in it is read again
   * @throws KafkaException if Kafka refuses the commit, or does not answer in time
   */
  public void close(Duration timeout) {
    OptionRules.notNegative("timeout", timeout);
    if (thread.isCurrent() && delivery.calling()) {
      closeAfterCallback = timeout;
      reader.stop();
    } else {
      thread.close("close", () -> reader.close(timeout));
    }
  }

  private void closeIfAsked() {
    if (closeAfterCallback != null) {
      close(closeAfterCallback);
    }
  }

  private void requireGroup() {
    if (options.groupId().isEmpty()) {
      throw new IllegalStateException("commit needs a consumer group: set groupId");
    }
  }

  private void runOutsideCallback(String call, Runnable body) {
    outsideCallback(
        call,
        () -> {
          body.run();
          return true;
        });
  }

  private <R> R outsideCallback(String call, Supplier<R> body) {
    return thread.answer(
        call,
        () -> {
          if (delivery.calling()) {
            throw new IllegalStateException(call + " is not possible inside a callback");
          }
          return body.get();
        });
  }
}
