package io.kafkafetch.domain.processor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A processor's configuration: a JSON object as plain values. Values are {@link String}, {@link
 * Boolean}, {@link Long}, {@link Double}, {@link List} or {@link Map} of these; never null.
 *
 * @param values unmodifiable, in the order in which they were given
 */
public record ProcessorConfig(Map<String, Object> values) {
  public ProcessorConfig {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A configuration with nothing in it. */
  public static ProcessorConfig empty() {
    return new ProcessorConfig(Map.of());
  }

  /** The text under {@code key}; the schema has made sure that it is there. */
  public String text(String key) {
    return optionalText(key)
        .orElseThrow(() -> new IllegalStateException("The schema requires " + key));
  }

  /** The text under {@code key}, when there is one. */
  public Optional<String> optionalText(String key) {
    return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The text under {@code key}, else {@code otherwise}. */
  public String text(String key, String otherwise) {
    return values.get(key) instanceof String text ? text : otherwise;
  }

  /** The whole number under {@code key}, else {@code otherwise}. */
  public long whole(String key, long otherwise) {
    return values.get(key) instanceof Number number ? number.longValue() : otherwise;
  }

  /** The flag under {@code key}, else {@code otherwise}. */
  public boolean flag(String key, boolean otherwise) {
    return values.get(key) instanceof Boolean flag ? flag : otherwise;
  }

  /** The map of texts under {@code key}; empty when absent. */
  public Map<String, String> texts(String key) {
    if (!(values.get(key) instanceof Map<?, ?> map)) {
      return Map.of();
    }
    var texts = new LinkedHashMap<String, String>();
    map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    return Collections.unmodifiableMap(texts);
  }

  /** The same with one value replaced. */
  public ProcessorConfig with(String key, Object value) {
    var copy = new LinkedHashMap<>(values);
    copy.put(key, value);
    return new ProcessorConfig(copy);
  }

  /** The keys alone: values may be secrets. */
  @Override
  public String toString() {
    return "ProcessorConfig" + values.keySet();
  }
}
