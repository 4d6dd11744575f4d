package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads from a draft which processors are wanted, and validates each by its own schema. */
final class ProcessorsReader {
  private static final int MAX_PROCESSORS = 32;

  private final ProcessorTypes types;
  private final ProcessorEnvironment environment;
  private final Supplier<UUID> ids;

  ProcessorsReader(ProcessorTypes types, ProcessorEnvironment environment, Supplier<UUID> ids) {
    this.types = types;
    this.environment = environment;
    this.ids = ids;
  }

  /**
   * The processors as they will be stored. One that does the same as a current one keeps its id.
   *
   * @param current the consumer's processors so far
   */
  List<ProcessorSpec> read(
      List<ProcessorDraft> drafts,
      List<ProcessorSpec> current,
      String topic,
      int tasksMax,
      Instant now,
      Violations violations) {
    if (drafts.size() > MAX_PROCESSORS) {
      violations.add("processor_configs", "must have at most " + MAX_PROCESSORS + " entries");
      return List.of();
    }
    var left = new ArrayList<>(current);
    var specs = new ArrayList<ProcessorSpec>();
    for (int i = 0; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var path = "processor_configs[" + i + "]";
      var factory = types.find(draft.type());
      if (factory.isEmpty()) {
        violations.add(
            path + ".processor_type",
            "is not an installed type: "
                + draft.type()
                + "; accepted are "
                + String.join(", ", types.names()));
        continue;
      }
      var config = complete(draft, i, current, factory.get(), path, violations);
      validate(factory.get(), config, topic, tasksMax, path, violations);
      specs.add(spec(draft.type(), config, left, now));
    }
    return specs;
  }

  /** Whether stored processors can also do their work for that topic and so many tasks. */
  void check(List<ProcessorSpec> stored, String topic, int tasksMax, Violations violations) {
    for (int i = 0; i < stored.size(); i++) {
      var config = stored.get(i).config();
      var path = "processor_configs[" + i + "]";
      types
          .find(stored.get(i).type())
          .ifPresent(factory -> validate(factory, config, topic, tasksMax, path, violations));
    }
  }

  /** The configuration with what is stored in the place of each {@code ***}. */
  private static ProcessorConfig complete(
      ProcessorDraft draft,
      int index,
      List<ProcessorSpec> current,
      ProcessorFactory factory,
      String path,
      Violations violations) {
    if (!SecretFields.hidesSomething(draft.config(), factory.schema())) {
      return draft.config();
    }
    var fitting = fitting(draft, index, current, factory);
    if (fitting.size() == 1) {
      return fitting.iterator().next();
    }
    violations.add(
        path + ".config",
        fitting.isEmpty()
            ? "says *** for a secret that is not stored for this destination; send the secret itself"
            : "says *** for a secret, and several processors have one that would fit; send the"
                + " secret itself");
    return draft.config();
  }

  /**
   * What the draft can mean. Several processors may send to one host, each with a secret of its
   * own: the one that looks the same is meant, else the one in the same place, else the only one.
   */
  private static Set<ProcessorConfig> fitting(
      ProcessorDraft draft, int index, List<ProcessorSpec> current, ProcessorFactory factory) {
    var byRank = new TreeMap<Integer, Set<ProcessorConfig>>();
    for (int i = 0; i < current.size(); i++) {
      var stored = current.get(i);
      if (stored.type().equals(draft.type())) {
        boolean same =
            draft.config().equals(SecretFields.redact(stored.config(), factory.schema()));
        int rank = (same ? 0 : 2) + (i == index ? 0 : 1);
        SecretFields.restore(draft.config(), stored.config(), factory.schema())
            .filter(
                config -> factory.destination(config).equals(factory.destination(stored.config())))
            .ifPresent(
                config -> byRank.computeIfAbsent(rank, _ -> new LinkedHashSet<>()).add(config));
      }
    }
    return byRank.isEmpty() ? Set.of() : byRank.firstEntry().getValue();
  }

  private void validate(
      ProcessorFactory factory,
      ProcessorConfig config,
      String topic,
      int tasksMax,
      String path,
      Violations violations) {
    var wrong = factory.schema().validate(config);
    violations.addAll(path + ".config", wrong);
    if (wrong.isEmpty()) {
      violations.addAll(
          path + ".config",
          factory.validate(new ProcessorPlan(config, topic, tasksMax, environment)));
    }
  }

  private ProcessorSpec spec(
      String type, ProcessorConfig config, List<ProcessorSpec> left, Instant now) {
    var wanted = new ProcessorSpec(ids.get(), type, config, now, now);
    for (var stored : left) {
      if (stored.sameWorkAs(wanted)) {
        left.remove(stored);
        return stored;
      }
    }
    return wanted;
  }
}
