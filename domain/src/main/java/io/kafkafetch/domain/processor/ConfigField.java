package io.kafkafetch.domain.processor;

import java.util.Optional;

/**
 * A key that a processor's configuration accepts.
 *
 * @param name the key
 * @param type what it takes
 * @param required whether it must be there
 * @param defaultValue what holds when it is absent
 * @param redaction which part of it is a secret
 * @param description a sentence for whoever fills it in
 */
public record ConfigField(
    String name,
    FieldType type,
    boolean required,
    Optional<Object> defaultValue,
    Redaction redaction,
    String description) {

  /** A key that must be there. */
  public static ConfigField required(String name, FieldType type, String description) {
    return new ConfigField(name, type, true, Optional.empty(), Redaction.NONE, description);
  }

  /** A key that may be absent, and then has no value at all. */
  public static ConfigField optional(String name, FieldType type, String description) {
    return new ConfigField(name, type, false, Optional.empty(), Redaction.NONE, description);
  }

  /** A key that may be absent, and then means {@code defaultValue}. */
  public static ConfigField withDefault(
      String name, FieldType type, Object defaultValue, String description) {
    return new ConfigField(
        name, type, false, Optional.of(defaultValue), Redaction.NONE, description);
  }

  /** The same key, holding a secret. */
  public ConfigField secret(Redaction what) {
    return new ConfigField(name, type, required, defaultValue, what, description);
  }
}
