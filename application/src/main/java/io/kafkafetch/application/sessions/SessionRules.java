package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driving.ConsumeDraft;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.RecordFormat;
import io.kafkafetch.application.driving.SubscribeDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.processor.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What may be asked of sessions: the limits and defaults of the HTTP Consumer API. */
final class SessionRules {
  private static final int MAX_TOPICS = 1_000;
  private static final int MAX_PARTITION = 1_000_000;

  private final Violations violations;

  private SessionRules(List<Violation> misread) {
    violations = Violations.after(misread);
  }

  /** A subscription that can be. */
  record Subscription(
      GroupId group,
      List<TopicName> topics,
      OffsetReset offsetReset,
      Duration timeout,
      RecordFormat format,
      boolean autoCommit) {}

  /** A poll that can be. */
  record Poll(int maxRecords, Duration timeout, long maxBytes, Optional<String> token) {}

  static Subscription subscription(SubscribeDraft draft) {
    var rules = new SessionRules(draft.misread());
    var group = rules.group(draft.group());
    var topics = rules.topics(draft.topics());
    var reset =
        rules.choice(
            "auto_offset_reset",
            draft.offsetReset(),
            OffsetReset::parse,
            OffsetReset.LATEST,
            OffsetReset.accepted());
    long timeout =
        rules.within("session_timeout_ms", draft.sessionTimeoutMs(), 1_000, 300_000, 30_000);
    var format =
        rules.choice(
            "format",
            draft.format(),
            RecordFormat::parse,
            RecordFormat.BASE64,
            RecordFormat.accepted());
    rules.end();
    return new Subscription(
        new GroupId(group),
        topics.stream().map(TopicName::new).toList(),
        reset,
        Duration.ofMillis(timeout),
        format,
        draft.autoCommit().orElse(false));
  }

  static Poll poll(ConsumeDraft draft) {
    var rules = new SessionRules(draft.misread());
    long records = rules.within("max_records", draft.maxRecords(), 1, 10_000, 500);
    long timeout = rules.within("timeout_ms", draft.timeoutMs(), 0, 300_000, 30_000);
    long bytes = rules.within("max_bytes_total", draft.maxBytes(), 1_024, 100L << 20, 1L << 20);
    rules.end();
    return new Poll((int) records, Duration.ofMillis(timeout), bytes, draft.token());
  }

  /** The partitions of an assignment by hand, sorted. */
  static List<PartitionId> partitions(Map<String, List<Long>> topics) {
    var rules = new SessionRules(List.of());
    var partitions = new TreeSet<PartitionId>();
    for (var topic : topics.entrySet()) {
      rules.topic("topics." + topic.getKey(), topic.getKey());
      for (long partition : topic.getValue()) {
        if (partition < 0 || partition > MAX_PARTITION) {
          rules.add("topics." + topic.getKey(), "must list partitions from 0 on");
        } else {
          partitions.add(new PartitionId(topic.getKey(), (int) partition));
        }
      }
    }
    if (partitions.isEmpty() && rules.violations.isEmpty()) {
      rules.add("topics", "must name at least one partition");
    }
    rules.end();
    return List.copyOf(partitions);
  }

  static void offsets(Map<PartitionId, Long> offsets) {
    var rules = new SessionRules(List.of());
    if (offsets.isEmpty()) {
      rules.add("offsets", "must name at least one partition, or be left out");
    }
    offsets.forEach((partition, offset) -> {
      if (offset < 0) {
        rules.add(
            "offsets." + partition.topic() + "." + partition.partition(), "must be 0 or more");
      }
    });
    rules.end();
  }

  private String group(Optional<String> group) {
    if (group.isEmpty()) {
      add("group_id", "is required and must be a text");
      return "";
    }
    GroupId.violation(group.get()).ifPresent(message -> add("group_id", message));
    return group.get();
  }

  private List<String> topics(Optional<List<String>> topics) {
    if (topics.isEmpty()) {
      add("topics", "is required and must be a list of topics");
      return List.of();
    }
    var names = topics.get().stream().distinct().toList();
    if (names.isEmpty() || names.size() > MAX_TOPICS) {
      add("topics", "must name 1 to " + MAX_TOPICS + " topics");
    }
    for (int i = 0; i < topics.get().size(); i++) {
      topic("topics[" + i + "]", topics.get().get(i));
    }
    return names;
  }

  private void topic(String field, String name) {
    TopicName.violation(name).ifPresent(message -> add(field, message));
  }

  private long within(String field, OptionalLong value, long min, long max, long standard) {
    if (value.isPresent() && (value.getAsLong() < min || value.getAsLong() > max)) {
      add(field, "must be from " + min + " to " + max);
    }
    return value.orElse(standard);
  }

  private <T> T choice(
      String field,
      Optional<String> label,
      java.util.function.Function<String, Optional<T>> parse,
      T standard,
      String accepted) {
    if (label.isEmpty()) {
      return standard;
    }
    var value = parse.apply(label.get());
    if (value.isEmpty()) {
      add(field, "must be " + accepted);
    }
    return value.orElse(standard);
  }

  private void add(String field, String message) {
    violations.add(field, message);
  }

  private void end() {
    violations.refuseIfAny();
  }
}
