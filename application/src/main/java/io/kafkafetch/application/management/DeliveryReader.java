package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads from a draft how records are to be delivered; what is absent stays as it is. */
final class DeliveryReader {
  private static final int MAX_BATCH_RECORDS = 100_000;
  private static final long MAX_BATCH_BYTES = 64L << 20;
  private static final long MINUTE_MS = 60_000;
  private static final long DAY_MS = 24 * 60 * MINUTE_MS;

  private final DeliveryDraft draft;
  private final DeliveryPolicy current;
  private final Violations violations;

  private DeliveryReader(DeliveryDraft draft, DeliveryPolicy current, Violations violations) {
    this.draft = draft;
    this.current = current;
    this.violations = violations;
  }

  static DeliveryPolicy read(DeliveryDraft draft, DeliveryPolicy current, Violations violations) {
    return new DeliveryReader(draft, current, violations).read();
  }

  private DeliveryPolicy read() {
    return new DeliveryPolicy(
        (int)
            whole(
                "max_batch_records",
                draft.maxBatchRecords(),
                current.maxBatchRecords(),
                1,
                MAX_BATCH_RECORDS),
        whole(
            "max_batch_bytes", draft.maxBatchBytes(), current.maxBatchBytes(), 1, MAX_BATCH_BYTES),
        millis("linger_ms", draft.lingerMs(), current.linger(), 0, MINUTE_MS),
        millis(
            "commit_interval_ms",
            draft.commitIntervalMs(),
            current.commitInterval(),
            10,
            MINUTE_MS),
        retry(),
        deadLetter());
  }

  private RetryPolicy retry() {
    var before = current.retry();
    var initial = millis("retry.initial_ms", draft.retryInitialMs(), before.initial(), 1, DAY_MS);
    var max = millis("retry.max_ms", draft.retryMaxMs(), before.max(), 1, DAY_MS);
    if (max.compareTo(initial) < 0) {
      if (violations.isClean("delivery.retry.initial_ms")
          && violations.isClean("delivery.retry.max_ms")) {
        violations.add("delivery.retry.max_ms", "must be at least initial_ms");
      }
      max = initial;
    }
    double jitter = draft.retryJitter().orElse(before.jitter());
    if (!(jitter >= 0 && jitter <= 1)) {
      violations.add("delivery.retry.jitter", "must be a number from 0 to 1");
      jitter = 0;
    }
    return new RetryPolicy(initial, max, jitter, attempts(before));
  }

  private OptionalInt attempts(RetryPolicy before) {
    if (draft.retryAttempts().isEmpty()) {
      return before.attempts();
    }
    var wanted = draft.retryAttempts().get();
    if (wanted.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) whole("retry.attempts", wanted, 1, 1, Integer.MAX_VALUE));
  }

  private DeadLetterPolicy deadLetter() {
    var before = current.deadLetter();
    var topic = before.topic();
    if (draft.deadLetterTopic().isPresent()) {
      var wanted = draft.deadLetterTopic().get();
      var wrong = wanted.flatMap(TopicName::violation);
      violations.add("delivery.dead_letter.topic", wrong);
      topic = wrong.isPresent() ? Optional.empty() : wanted.map(TopicName::new);
    }
    return new DeadLetterPolicy(draft.deadLetterEnabled().orElse(before.enabled()), topic);
  }

  private Duration millis(String field, OptionalLong wanted, Duration before, long min, long max) {
    return wanted.isEmpty()
        ? before
        : Duration.ofMillis(whole(field, wanted, before.toMillis(), min, max));
  }

  /** The wanted value when it is within its range; a violation is noted when it is not. */
  private long whole(String field, OptionalLong wanted, long before, long min, long max) {
    long value = wanted.orElse(before);
    if (wanted.isPresent() && (value < min || value > max)) {
      violations.add("delivery." + field, "must be a whole number from " + min + " to " + max);
      return before;
    }
    return value;
  }
}
