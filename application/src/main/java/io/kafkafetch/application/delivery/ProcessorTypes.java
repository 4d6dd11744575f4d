package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.ResourceClaim;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The installed types of processors, by name. */
public final class ProcessorTypes {
  private final Map<String, ContainedFactory> byName;

  /**
   * These types. From here on a fault of theirs stays with the consumers that use them.
   *
   * @throws IllegalArgumentException when two have the same name
   */
  public ProcessorTypes(Collection<? extends ProcessorFactory> factories) {
    var names = new TreeMap<String, ContainedFactory>();
    for (var factory : factories) {
      var contained = new ContainedFactory(factory);
      if (names.put(contained.type(), contained) != null) {
        throw new IllegalArgumentException(
            "Two processors are installed under the name " + contained.type());
      }
    }
    byName = Collections.unmodifiableMap(names);
  }

  /** The type of that name, when it is installed. */
  public Optional<ProcessorFactory> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** What a type claims by a plan; empty when it is not installed or cannot tell. */
  public Optional<List<ResourceClaim>> claims(String name, ProcessorPlan plan) {
    return Optional.ofNullable(byName.get(name)).flatMap(factory -> factory.claimed(plan));
  }

  /** All names, sorted. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** All types, sorted by name. */
  public List<ProcessorFactory> all() {
    return List.copyOf(byName.values());
  }
}
