package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Looks from time to time whether the topic is still there, and still the same one. Belongs to the
 * polling thread; the looking itself is done beside it.
 */
final class TopicWatch {
  private static final Duration WHEN_WELL = Duration.ofSeconds(20);
  private static final Duration WHEN_NOT = Duration.ofSeconds(3);

  private final String topic;
  private final Supplier<Admin> admin;
  private final Mailbox mailbox;
  private final Consumer<Sight> onSight;
  private Instant next = Instant.MIN;
  private boolean looking;

  /** What was seen. */
  sealed interface Sight {
    /** It is there. */
    record There(TopicState topic) implements Sight {}

    /** There is none of that name. */
    record Missing(String reason) implements Sight {}

    /** Nothing could be seen. */
    record Unseen(Cause cause) implements Sight {}
  }

  TopicWatch(String topic, Supplier<Admin> admin, Mailbox mailbox, Consumer<Sight> onSight) {
    this.topic = topic;
    this.admin = admin;
    this.mailbox = mailbox;
    this.onSight = onSight;
  }

  /** Looks, if it is time to. */
  void look(Instant now) {
    if (looking || now.isBefore(next)) {
      return;
    }
    looking = true;
    Thread.ofVirtual()
        .name("watch-" + topic)
        .start(() -> {
          var sight = see();
          mailbox.post(() -> seen(sight, now));
        });
  }

  private void seen(Sight sight, Instant asked) {
    looking = false;
    next = asked.plus(sight instanceof Sight.There ? WHEN_WELL : WHEN_NOT);
    onSight.accept(sight);
  }

  private Sight see() {
    try {
      Optional<TopicState> found = PartitionOffsets.describe(admin.get(), topic);
      return found.isPresent()
          ? new Sight.There(found.get())
          : new Sight.Missing("There is no topic " + topic);
    } catch (RuntimeException fault) {
      return new Sight.Unseen(Faults.cause(fault));
    }
  }
}
