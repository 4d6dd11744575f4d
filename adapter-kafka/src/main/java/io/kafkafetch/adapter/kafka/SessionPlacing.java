package io.kafkafetch.adapter.kafka;

import io.kafkafetch.adapter.kafka.SessionPlaces.Place;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.OffsetReset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings assigned partitions to where they are read: at what the group committed, else where the
 * session begins, which is committed before the first record is answered. Tries again until it
 * works. Belongs to the polling thread.
 */
final class SessionPlacing {
  private static final Logger LOG = LoggerFactory.getLogger(SessionPlacing.class);
  private static final Duration COMMIT = Duration.ofSeconds(5);
  private static final long RETRY_NANOS = Duration.ofMillis(250).toNanos();

  private final String name;
  private final SessionLoop loop;
  private final Consumer<byte[], byte[]> consumer;
  private final SessionAssignment assignment;
  private final SessionPlaces places;
  private final Mailbox mailbox;

  /** Why it did not work the last time. */
  private @Nullable Refusal trouble;

  private boolean retrying;
  private long retryAt;

  SessionPlacing(
      String name,
      SessionLoop loop,
      Consumer<byte[], byte[]> consumer,
      SessionAssignment assignment,
      SessionPlaces places,
      Mailbox mailbox) {
    this.name = name;
    this.loop = loop;
    this.consumer = consumer;
    this.assignment = assignment;
    this.places = places;
    this.mailbox = mailbox;
  }

  Optional<Refusal> trouble() {
    return Optional.ofNullable(trouble);
  }

  boolean isRetrying() {
    return retrying;
  }

  /** Begins to look for the places that are not known. */
  void begin() {
    if (retrying && System.nanoTime() - retryAt < 0) {
      return;
    }
    var lost = assignment.all().stream().filter(one -> !one.placed && !one.placing).toList();
    if (lost.isEmpty()) {
      retrying = false;
      return;
    }
    retrying = false;
    lost.forEach(one -> one.placing = true);
    var _ =
        places
            .places(lost.stream().map(one -> one.partition).collect(Collectors.toSet()))
            .whenComplete((found, fault) ->
                mailbox.post(() -> {
                  if (fault == null) {
                    found(lost, found);
                  } else {
                    failed(lost, SessionFaults.of(fault));
                  }
                }));
  }

  private void found(List<SessionPartition> lost, Map<TopicPartition, Place> found) {
    var begins = new HashMap<TopicPartition, OffsetAndMetadata>();
    for (var one : lost) {
      var place = found.get(one.partition);
      if (place != null && assignment.has(one) && !one.placed) {
        one.era(place.era());
        if (!place.committed()) {
          begins.put(one.partition, one.commit(place.offset()));
        }
      }
    }
    try {
      fix(begins);
    } catch (KafkaException fault) {
      failed(lost, SessionFaults.of(fault));
      return;
    }
    trouble = null;
    for (var one : lost) {
      var place = found.get(one.partition);
      if (place != null && assignment.has(one) && !one.placed) {
        one.committed = place.offset();
        assignment.place(one, place.offset());
      }
    }
  }

  private void fix(Map<TopicPartition, OffsetAndMetadata> begins) {
    if (begins.isEmpty()) {
      return;
    }
    try {
      loop.undisturbed(() -> {
        consumer.commitSync(begins, COMMIT);
        return begins;
      });
    } catch (CommitFailedException refused) {
      if (!consumer.subscription().isEmpty()) {
        throw refused;
      }
      // Who takes partitions by hand in a group with members cannot commit in it; he may read.
      LOG.info("{} begins at {} without a commit: the group has members", name, begins);
    }
  }

  private void failed(List<SessionPartition> lost, Refusal reason) {
    lost.forEach(one -> one.placing = false);
    trouble = reason;
    retrying = true;
    retryAt = System.nanoTime() + RETRY_NANOS;
    LOG.debug("{}: {}", name, reason.detail());
    if (reason instanceof Refusal.Forbidden) {
      loop.refuse(reason);
    }
  }

  /** Where a position behind the end of the log goes on, as Kafka's own reset does. */
  long afterTheEnd(long begin, long end) {
    return places.offsetReset() == OffsetReset.EARLIEST ? begin : end;
  }
}
