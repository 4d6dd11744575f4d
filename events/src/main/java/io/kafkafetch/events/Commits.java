package io.kafkafetch.events;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what was handled, and nothing else: while a batch is open up to its cursors, otherwise
 * the positions of the client, which then are behind exactly what was handled.
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  /** As often as a managed consumer does: what a crash may repeat. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Consumer<?, ?> kafka;
  private final boolean automatic;

  /** Behind the batches that are closed; what a batch that is open may not hold back. */
  private final Map<TopicPartition, OffsetAndMetadata> behindClosed = new HashMap<>();

  private @Nullable Batch open;
  private @Nullable KafkaException refused;
  private Deadline next = Deadline.in(INTERVAL);

  Commits(Consumer<?, ?> kafka, boolean automatic) {
    this.kafka = kafka;
    this.automatic = automatic;
  }

  boolean automatic() {
    return automatic;
  }

  void opened(Batch batch) {
    open = batch;
  }

  /** The batch that is open. */
  @Nullable Batch open() {
    return open;
  }

  /**
   * All that was handed out of the open batch counts as handled: the program came back for more.
   */
  void acknowledge() {
    if (open != null) {
      open.cursors().forEach(Batch.Cursor::moveToEnd);
      close();
    }
  }

  /** What the program has committed by itself of the open batch is not read again. */
  void settled(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (open != null) {
      var batch = open;
      offsets.forEach((partition, offset) ->
          batch.cursor(partition).ifPresent(cursor -> cursor.settle(offset.offset())));
    }
  }

  /** Ends the open batch where it is; the rest of it is read again. */
  void close() {
    if (open != null) {
      open.giveBack(kafka);
      behindClosed.putAll(open.handled());
      open = null;
    }
  }

  void forget(Collection<TopicPartition> partitions) {
    for (var partition : partitions) {
      behindClosed.remove(partition);
      if (open != null) {
        open.forget(partition);
      }
    }
  }

  /** Commits in the background when it is time. */
  void atInterval() {
    if (refused != null) {
      var failure = refused;
      refused = null;
      throw failure;
    }
    if (automatic && next.passed()) {
      next = Deadline.in(INTERVAL);
      if (open == null) {
        kafka.commitAsync((_, failure) -> noted(failure));
      } else {
        kafka.commitAsync(handled(), (_, failure) -> noted(failure));
      }
    }
  }

  private void noted(@Nullable Exception failure) {
    if (failure == null) {
      return;
    }
    if (passing(failure) || !(failure instanceof KafkaException refusal)) {
      LOG.warn("Offsets were not committed, the next commit repeats them", failure);
    } else {
      refused = refusal;
    }
  }

  /** Commits everything handled, and waits for it. */
  void now(Duration timeout) {
    persistent(() -> {
      if (open == null) {
        kafka.commitSync(timeout);
      } else {
        kafka.commitSync(handled(), timeout);
      }
      return true;
    });
  }

  /** Commits these offsets, and waits for it. */
  void now(Map<TopicPartition, OffsetAndMetadata> offsets) {
    persistent(() -> {
      kafka.commitSync(offsets);
      return true;
    });
  }

  /**
   * Commits everything handled, if that is to be done without being asked. A commit that came too
   * late is logged only: its records belong to another member, who reads them again.
   */
  void automatically(Duration timeout) {
    if (!automatic) {
      return;
    }
    try {
      now(timeout);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.warn("Offsets were not committed as the group is being rebalanced", e);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> handled() {
    var handled = new HashMap<>(behindClosed);
    if (open != null) {
      handled.putAll(open.handled());
    }
    return handled;
  }

  private static boolean passing(Exception failure) {
    return failure instanceof RetriableException
        || failure instanceof CommitFailedException
        || failure instanceof RebalanceInProgressException;
  }

  /** Does what a stop must not break off; a stop wakes the client up once. */
  static <R> R persistent(Supplier<R> call) {
    try {
      return call.get();
    } catch (WakeupException _) {
      return call.get();
    }
  }
}
