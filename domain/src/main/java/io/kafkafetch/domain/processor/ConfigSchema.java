package io.kafkafetch.domain.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys that a processor's configuration accepts. It validates configurations and is what {@code
 * GET /processors} shows as a JSON Schema.
 *
 * @param fields in the order in which they are shown; names are unique
 */
public record ConfigSchema(List<ConfigField> fields) {
  public ConfigSchema {
    fields = List.copyOf(fields);
    var names = new HashSet<String>();
    for (var field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("The key " + field.name() + " is there twice");
      }
    }
  }

  /** A schema of these fields. */
  public static ConfigSchema of(ConfigField... fields) {
    return new ConfigSchema(List.of(fields));
  }

  /** The field of that name, when there is one. */
  public Optional<ConfigField> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** Everything that is wrong: unknown keys, missing ones, values of another type. */
  public List<Violation> validate(ProcessorConfig config) {
    var violations = new ArrayList<Violation>();
    for (var key : config.values().keySet()) {
      if (field(key).isEmpty()) {
        violations.add(new Violation(key, "is not a known key; accepted are " + acceptedKeys()));
      }
    }
    for (var field : fields) {
      var value = config.values().get(field.name());
      if (value == null) {
        if (field.required()) {
          violations.add(
              new Violation(
                  field.name(),
                  "is required and must be "
                      + field.type().accepted()
                      + "; accepted keys are "
                      + acceptedKeys()));
        }
      } else {
        field
            .type()
            .violation(value)
            .ifPresent(message -> violations.add(new Violation(field.name(), message)));
      }
    }
    return List.copyOf(violations);
  }

  /** The names of the keys, for a message. */
  public String acceptedKeys() {
    return fields.stream()
        .map(field -> field.required() ? field.name() + " (required)" : field.name())
        .collect(Collectors.joining(", "));
  }
}
