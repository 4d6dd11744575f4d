package io.kafkafetch.application.fleet;

import static io.kafkafetch.application.fleet.GivenFleet.NOW;
import static io.kafkafetch.application.fleet.GivenFleet.active;
import static io.kafkafetch.application.fleet.GivenFleet.fatal;
import static io.kafkafetch.application.fleet.GivenFleet.probedAt;

import io.kafkafetch.application.contract.RecordingSinks;
import io.kafkafetch.application.fleet.Plan.Action;
import io.kafkafetch.application.fleet.Plan.Running;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.List;

/** Consumers, runs and actions in short words. */
abstract class PlannedConsumers {
  static final Consumer ACTIVE = active(1);
  static final Consumer CHANGED = ACTIVE.update(withProcessor(ACTIVE.spec()), NOW);
  static final Consumer DUE = probedAt(1, NOW);
  static final Consumer FATAL = fatal();

  private static ConsumerSpec withProcessor(ConsumerSpec spec) {
    return new ConsumerSpec(
        spec.cluster(),
        spec.topic(),
        spec.group(),
        List.of(RecordingSinks.processor("sink")),
        spec.tasksMax(),
        spec.offsetReset(),
        spec.delivery());
  }

  static MemberKey key(Consumer consumer) {
    return new MemberKey(consumer.id(), 0);
  }

  static Running runs(Consumer consumer) {
    return new Running(key(consumer), consumer, false, false, false);
  }

  static Action launch(Consumer consumer) {
    return new Action.Launch(key(consumer), consumer, false);
  }

  static Action retire(Consumer consumer) {
    return new Action.Retire(key(consumer));
  }
}
