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

  /** What another member saw so long ago is as good as what we would see. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final String topic;
  private final Supplier<Admin> admin;
  private final FirstSights.FirstSight firstSight;
  private final Mailbox mailbox;
  private final Consumer<Sight> onSight;
  private Instant next = Instant.MIN;
  private boolean looking;
  private Optional<Sight> last = Optional.empty();

  /** What was seen. */
  sealed interface Sight {
    /** It is there. */
    record There(TopicState topic) implements Sight {}

    /** There is none of that name. */
    record Missing(String reason) implements Sight {}

    /** Nothing could be seen. */
    record Unseen(Cause cause) implements Sight {}
  }

  TopicWatch(
      String topic,
      Supplier<Admin> admin,
      FirstSights.FirstSight firstSight,
      Mailbox mailbox,
      Consumer<Sight> onSight) {
    this.topic = topic;
    this.admin = admin;
    this.firstSight = firstSight;
    this.mailbox = mailbox;
    this.onSight = onSight;
  }

  /** Looks, if it is time to. */
  void look(Instant now) {
    if (looking || now.isBefore(next)) {
      return;
    }
    var before = last;
    var lately = firstSight.seenSince(now.minus(FRESH));
    if (lately.isPresent() && before.filter(Sight.There.class::isInstance).isPresent()) {
      seen(new Sight.There(lately.get()), now);
      return;
    }
    looking = true;
    Thread.ofVirtual()
        .name("watch-" + topic)
        .start(() -> {
          var sight = see(now);
          // What was seen before is no news, and an idle member is not woken for it.
          if (before.filter(sight::equals).isPresent()) {
            mailbox.leave(() -> seen(sight, now));
          } else {
            mailbox.post(() -> seen(sight, now));
          }
        });
  }

  private void seen(Sight sight, Instant asked) {
    looking = false;
    last = Optional.of(sight);
    next = asked.plus(sight instanceof Sight.There ? WHEN_WELL : WHEN_NOT);
    onSight.accept(sight);
  }

  private Sight see(Instant now) {
    try {
      Optional<TopicState> found = PartitionOffsets.describe(admin.get(), topic);
      found.ifPresent(state -> firstSight.saw(state, now));
      return found.isPresent()
          ? new Sight.There(found.get())
          : new Sight.Missing("There is no topic " + topic);
    } catch (RuntimeException fault) {
      return new Sight.Unseen(Faults.cause(fault));
    }
  }
}
