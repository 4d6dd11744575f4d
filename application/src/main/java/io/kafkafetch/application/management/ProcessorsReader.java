package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

  /** What a processor has to fit: the topic that it is fed from, by so many tasks. */
  record Place(String topic, int tasksMax) {}

  /**
   * The processors as they will be stored, without those that are wrong, by their index in the
   * list. One that does the same as a current one keeps its id.
   *
   * @param current the consumer's processors so far
   */
  SortedMap<Integer, ProcessorSpec> read(
      List<ProcessorDraft> drafts,
      List<ProcessorSpec> current,
      Place place,
      Instant now,
      Violations violations) {
    var specs = new TreeMap<Integer, ProcessorSpec>();
    if (drafts.size() > MAX_PROCESSORS) {
      violations.add("processor_configs", "must have at most " + MAX_PROCESSORS + " entries");
      return specs;
    }
    var left = new ArrayList<>(current);
    for (int i = 0; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var path = path(i);
      var factory = factory(draft.type(), path, violations);
      if (factory.isEmpty()) {
        continue;
      }
      if (draft.config().isEmpty()) {
        violations.add(path + ".config", "is required and must be an object" + keys(factory.get()));
        continue;
      }
      var sent = draft.config().get();
      var config = complete(sent, i, current, factory.get(), path, violations);
      validate(factory.get(), config, place, path, violations);
      if (violations.isClean(path)) {
        specs.put(i, spec(factory.get().type(), config, left, now));
      }
    }
    return specs;
  }

  /**
   * The stored processors, without those that could not do their work in that place, by their index
   * in the list. Those of a type that is no longer installed are left alone.
   */
  SortedMap<Integer, ProcessorSpec> check(
      List<ProcessorSpec> stored, Place place, Violations violations) {
    var specs = new TreeMap<Integer, ProcessorSpec>();
    for (int i = 0; i < stored.size(); i++) {
      var config = stored.get(i).config();
      var path = path(i);
      types
          .find(stored.get(i).type())
          .ifPresent(factory -> validate(factory, config, place, path, violations));
      if (violations.isClean(path)) {
        specs.put(i, stored.get(i));
      }
    }
    return specs;
  }

  /** Where a processor is in a request. */
  static String path(int index) {
    return "processor_configs[" + index + "]";
  }

  private Optional<ProcessorFactory> factory(
      Optional<String> type, String path, Violations violations) {
    var factory = type.flatMap(types::find);
    if (factory.isEmpty()) {
      var accepted = String.join(", ", types.names());
      violations.add(
          path + ".processor_type",
          type.map(name -> "is not an installed type: " + name + "; accepted are " + accepted)
              .orElseGet(() -> "is required and must be one of " + accepted));
    }
    return factory;
  }

  private static String keys(ProcessorFactory factory) {
    return factory.schema().fields().isEmpty()
        ? " without keys"
        : " with the keys " + factory.schema().acceptedKeys();
  }

  /** The configuration with what is stored in the place of each {@code ***}. */
  private static ProcessorConfig complete(
      ProcessorConfig sent,
      int index,
      List<ProcessorSpec> current,
      ProcessorFactory factory,
      String path,
      Violations violations) {
    if (!SecretFields.hidesSomething(sent, factory.schema())) {
      return sent;
    }
    var fitting = fitting(sent, index, current, factory);
    if (fitting.size() == 1) {
      return fitting.iterator().next();
    }
    violations.add(
        path + ".config",
        fitting.isEmpty()
            ? "says *** for a secret that is not stored for this destination; send the secret itself"
            : "says *** for a secret, and several processors have one that would fit; send the"
                + " secret itself");
    return sent;
  }

  /**
   * What the sent configuration can mean. Several processors may send to one host, each with a
   * secret of its own: the one that looks the same is meant, else the one in the same place, else
   * the only one.
   */
  private static Set<ProcessorConfig> fitting(
      ProcessorConfig sent, int index, List<ProcessorSpec> current, ProcessorFactory factory) {
    var byRank = new TreeMap<Integer, Set<ProcessorConfig>>();
    for (int i = 0; i < current.size(); i++) {
      var stored = current.get(i);
      if (stored.type().equals(factory.type())) {
        boolean same = sent.equals(SecretFields.redact(stored.config(), factory.schema()));
        int rank = (same ? 0 : 2) + (i == index ? 0 : 1);
        SecretFields.restore(sent, stored.config(), factory.schema())
            .filter(
                config -> factory.destination(config).equals(factory.destination(stored.config())))
            .ifPresent(
                config -> byRank.computeIfAbsent(rank, _ -> new LinkedHashSet<>()).add(config));
      }
    }
    return byRank.isEmpty() ? Set.of() : byRank.firstEntry().getValue();
  }

  /** By its keys, then what is right of them by what they mean: all of it is said at once. */
  private void validate(
      ProcessorFactory factory,
      ProcessorConfig config,
      Place place,
      String path,
      Violations violations) {
    var within = path + ".config";
    var wrong = factory.schema().validate(config);
    violations.addAll(within, wrong);
    var wrongKeys = wrong.stream().map(Violation::field).collect(Collectors.toSet());
    var right = new LinkedHashMap<>(config.values());
    right.keySet().removeAll(wrongKeys);
    if (factory.schema().fields().stream()
        .anyMatch(field -> field.required() && !right.containsKey(field.name()))) {
      return;
    }
    var plan =
        new ProcessorPlan(new ProcessorConfig(right), place.topic(), place.tasksMax(), environment);
    violations.addAll(
        within,
        factory.validate(plan).stream()
            .filter(violation -> !wrongKeys.contains(violation.field()))
            .toList());
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
