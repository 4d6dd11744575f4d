package io.kafkafetch.domain.processor;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What the server lets its processors know and do.
 *
 * @param settings the server's settings by their names in the contract, such as {@code
 *     FILE_SINK_ROOTS}; absent ones are not in the map
 * @param clock the time; processors never ask the system themselves
 */
public record ProcessorEnvironment(Map<String, String> settings, InstantSource clock) {
  public ProcessorEnvironment {
    settings = Map.copyOf(settings);
  }

  /** The setting of that name, when it is set. */
  public Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
