package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns what a caller asks for into a spec, or says everything that is wrong with it. */
final class SpecReader {
  private static final int MAX_TASKS = 64;

  private final ProcessorsReader processors;

  SpecReader(ProcessorsReader processors) {
    this.processors = processors;
  }

  /**
   * The spec that the draft asks for.
   *
   * @param current the spec so far; empty for a new consumer, where required fields must be there
   * @throws io.kafkafetch.application.driving.Refusal.Invalid naming every wrong field
   */
  ConsumerSpec read(ConsumerDraft draft, Optional<ConsumerSpec> current, Instant now) {
    var violations = new Violations();
    var cluster = ClusterReader.read(draft, current.map(ConsumerSpec::cluster), violations);
    var topic = text("topic", draft.topic(), current.map(spec -> spec.topic().value()), violations);
    topic.flatMap(TopicName::violation).ifPresent(said -> violations.add("topic", said));
    var group =
        text(
            "consumer_group", draft.group(), current.map(spec -> spec.group().value()), violations);
    group.flatMap(GroupId::violation).ifPresent(said -> violations.add("consumer_group", said));
    int tasks = tasks(draft, current, violations);
    var reset = reset(draft, current, violations);
    var delivery =
        DeliveryReader.read(
            draft.delivery().orElseGet(DeliveryDraft::empty),
            current.map(ConsumerSpec::delivery).orElse(DeliveryPolicy.DEFAULT),
            violations);
    var stored = current.map(ConsumerSpec::processors).orElse(List.of());
    if (draft.processors().isEmpty() && violations.isEmpty()) {
      // What was right for the old topic and number of tasks may be wrong for the new.
      if (current.filter(spec -> moved(spec, topic.orElse(""), tasks)).isPresent()) {
        processors.check(stored, topic.orElse(""), tasks, violations);
      }
    }
    var wanted =
        draft
            .processors()
            .map(
                drafts -> processors.read(drafts, stored, topic.orElse(""), tasks, now, violations))
            .orElse(stored);
    violations.refuseIfAny();
    return new ConsumerSpec(
        cluster.orElseThrow(),
        new TopicName(topic.orElseThrow()),
        new GroupId(group.orElseThrow()),
        wanted,
        tasks,
        reset,
        delivery);
  }

  private static boolean moved(ConsumerSpec spec, String topic, int tasks) {
    return !spec.topic().value().equals(topic) || spec.tasksMax() != tasks;
  }

  private static Optional<String> text(
      String field, Optional<String> wanted, Optional<String> current, Violations violations) {
    var value = wanted.or(() -> current);
    if (value.isEmpty()) {
      violations.add(field, "is required and must be a text");
    }
    return value;
  }

  private static int tasks(
      ConsumerDraft draft, Optional<ConsumerSpec> current, Violations violations) {
    if (draft.tasksMax().isEmpty()) {
      return current.map(ConsumerSpec::tasksMax).orElse(1);
    }
    long wanted = draft.tasksMax().getAsLong();
    if (wanted < 1 || wanted > MAX_TASKS) {
      violations.add("tasks_max", "must be a whole number from 1 to " + MAX_TASKS);
      return 1;
    }
    return (int) wanted;
  }

  private static OffsetReset reset(
      ConsumerDraft draft, Optional<ConsumerSpec> current, Violations violations) {
    if (draft.offsetReset().isEmpty()) {
      return current.map(ConsumerSpec::offsetReset).orElse(OffsetReset.EARLIEST);
    }
    var wanted = draft.offsetReset().flatMap(OffsetReset::parse);
    if (wanted.isEmpty()) {
      violations.add("auto_offset_reset", "must be " + OffsetReset.accepted());
    }
    return wanted.orElse(OffsetReset.EARLIEST);
  }
}
