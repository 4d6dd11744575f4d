package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.application.management.ProcessorsReader.Place;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.TopicName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns what a caller asks for into a spec, or says everything that is wrong with it. */
final class SpecReader {
  private static final int MAX_TASKS = 64;

  private static final String TOPIC = "topic";

  /** What processors are checked for where the topic itself is wrong. */
  private static final String SOME_TOPIC = "topic";

  private final ProcessorsReader processors;
  private final ResourceClaims claims;

  SpecReader(ProcessorsReader processors, ResourceClaims claims) {
    this.processors = processors;
    this.claims = claims;
  }

  /**
   * The spec that the draft asks for.
   *
   * @param self the consumer that it is for
   * @param current the spec so far; empty for a new consumer, where required fields must be there
   * @throws io.kafkafetch.application.driving.Refusal.Invalid naming every wrong field
   */
  ConsumerSpec read(
      ConsumerId self, ConsumerDraft draft, Optional<ConsumerSpec> current, Instant now) {
    var violations = Violations.after(draft.misread());
    var cluster = ClusterReader.read(draft, current.map(ConsumerSpec::cluster), violations);
    var topic = text(TOPIC, draft.topic(), current.map(spec -> spec.topic().value()), violations);
    topic.flatMap(TopicName::violation).ifPresent(said -> violations.add(TOPIC, said));
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
    var wanted =
        processors(
            self,
            draft,
            current,
            topic.filter(_ -> violations.isClean(TOPIC)),
            tasks,
            now,
            violations);
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

  /** Those wanted, else those stored: what was right for the old topic may be wrong for the new. */
  private List<ProcessorSpec> processors(
      ConsumerId self,
      ConsumerDraft draft,
      Optional<ConsumerSpec> current,
      Optional<String> topic,
      int tasks,
      Instant now,
      Violations violations) {
    var stored = current.map(ConsumerSpec::processors).orElse(List.of());
    boolean moved = current.map(spec -> isMoved(spec, topic, tasks)).orElse(true);
    if (draft.processors().isEmpty() && !moved) {
      return stored;
    }
    var place = new Place(topic.orElse(SOME_TOPIC), tasks);
    var right =
        draft
            .processors()
            .map(drafts -> processors.read(drafts, stored, place, now, violations))
            .orElseGet(() -> processors.check(stored, place, violations));
    var specs = List.copyOf(right.values());
    if (topic.isPresent() && (moved || !specs.equals(stored))) {
      claims.check(self, place, right, violations);
    }
    return specs;
  }

  private static boolean isMoved(ConsumerSpec spec, Optional<String> topic, int tasks) {
    return topic.map(wanted -> !spec.topic().value().equals(wanted)).orElse(false)
        || spec.tasksMax() != tasks;
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
