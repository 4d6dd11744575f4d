package io.kafkafetch.application.management;

import io.kafkafetch.application.delivery.SecretTexts;
import io.kafkafetch.domain.consumer.ClientProperty;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hides secrets wherever they could show, and puts them back where a caller sends {@code ***}. */
final class SecretFields {
  /** What stands for a secret. */
  static final String HIDDEN = SecretTexts.HIDDEN;

  /** A URL with a password, in parts. */
  private static final Pattern URL_PARTS =
      Pattern.compile(
          "(?<scheme>[^/?#@]*://)(?<user>[^:/@?]*):(?<password>.*)@(?<host>[^/?#]*)(?<rest>.*)");

  private SecretFields() {}

  /** The spec as it may be shown. */
  static ConsumerSpec redact(ConsumerSpec spec, SchemaLookup schemas) {
    return new ConsumerSpec(
        new ClusterAddress(
            spec.cluster().bootstrapServers(), redactProperties(spec.cluster().clientConfig())),
        spec.topic(),
        spec.group(),
        spec.processors().stream().map(processor -> redact(processor, schemas)).toList(),
        spec.tasksMax(),
        spec.offsetReset(),
        spec.delivery());
  }

  /** How the schema of a processor type is found. */
  interface SchemaLookup {
    /** The schema; empty when that type is not installed. */
    Optional<ConfigSchema> of(String type);
  }

  private static ProcessorSpec redact(ProcessorSpec processor, SchemaLookup schemas) {
    var schema = schemas.of(processor.type());
    return new ProcessorSpec(
        processor.id(),
        processor.type(),
        schema
            .map(known -> redact(processor.config(), known))
            // Nobody can say what of it is secret, so all of it is.
            .orElseGet(() -> hideAll(processor.config())),
        processor.createdAt(),
        processor.updatedAt());
  }

  private static ProcessorConfig hideAll(ProcessorConfig config) {
    var hidden = new LinkedHashMap<String, Object>();
    config.values().keySet().forEach(key -> hidden.put(key, HIDDEN));
    return new ProcessorConfig(hidden);
  }

  static ProcessorConfig redact(ProcessorConfig config, ConfigSchema schema) {
    var shown = new LinkedHashMap<String, Object>();
    config
        .values()
        .forEach((key, value) -> {
          var redaction = schema.field(key).map(ConfigField::redaction).orElse(Redaction.WHOLE);
          shown.put(key, hide(value, redaction));
        });
    return new ProcessorConfig(shown);
  }

  private static Object hide(Object value, Redaction redaction) {
    return switch (redaction) {
      case NONE -> value;
      case WHOLE -> HIDDEN;
      case URL_PASSWORD -> value instanceof String url ? hidePassword(url) : HIDDEN;
      case HEADER_VALUES -> value instanceof Map<?, ?> headers ? hideHeaders(headers) : HIDDEN;
    };
  }

  static String hidePassword(String url) {
    var withoutUser = SecretTexts.URL_PASSWORD.matcher(url).replaceFirst("$1:" + HIDDEN + "@");
    return SecretTexts.URL_PARAMETER.matcher(withoutUser).replaceAll("$1=" + HIDDEN);
  }

  private static Map<String, Object> hideHeaders(Map<?, ?> headers) {
    var shown = new LinkedHashMap<String, Object>();
    headers.forEach((name, value) -> {
      var harmless = SecretTexts.isHarmlessHeader(String.valueOf(name));
      shown.put(String.valueOf(name), harmless ? value : HIDDEN);
    });
    return shown;
  }

  private static Map<String, String> redactProperties(Map<String, String> properties) {
    var shown = new LinkedHashMap<String, String>();
    properties.forEach(
        (name, value) -> shown.put(name, ClientProperty.isSecret(name) ? HIDDEN : value));
    return shown;
  }

  /** Whether a configuration, as a caller sent it, leaves a secret to be put back. */
  static boolean hidesSomething(ProcessorConfig config, ConfigSchema schema) {
    return config.values().entrySet().stream()
        .anyMatch(entry ->
            schema
                .field(entry.getKey())
                .map(ConfigField::redaction)
                .filter(redaction -> redaction != Redaction.NONE)
                .filter(redaction -> mentionsHidden(entry.getValue(), redaction))
                .isPresent());
  }

  private static boolean mentionsHidden(Object value, Redaction redaction) {
    return switch (redaction) {
      case NONE -> false;
      case WHOLE -> HIDDEN.equals(value);
      case URL_PASSWORD -> value instanceof String url && url.contains(HIDDEN);
      case HEADER_VALUES -> value instanceof Map<?, ?> headers && headers.containsValue(HIDDEN);
    };
  }

  /**
   * Puts the stored secrets in the place of {@code ***}; empty when the stored configuration does
   * not look like the sent one once both are redacted, in the fields that hold a {@code ***}.
   */
  static Optional<ProcessorConfig> restore(
      ProcessorConfig sent, ProcessorConfig stored, ConfigSchema schema) {
    var restored = new LinkedHashMap<String, Object>();
    var shown = redact(stored, schema);
    for (var entry : sent.values().entrySet()) {
      var redaction =
          schema.field(entry.getKey()).map(ConfigField::redaction).orElse(Redaction.NONE);
      if (!mentionsHidden(entry.getValue(), redaction)) {
        restored.put(entry.getKey(), entry.getValue());
      } else if (redaction == Redaction.HEADER_VALUES) {
        var headers = restoreHeaders(entry.getValue(), stored.texts(entry.getKey()));
        if (headers.isEmpty()) {
          return Optional.empty();
        }
        restored.put(entry.getKey(), headers.get());
      } else if (entry.getValue().equals(shown.values().get(entry.getKey()))) {
        restored.put(entry.getKey(), stored.values().get(entry.getKey()));
      } else {
        var url =
            redaction == Redaction.URL_PASSWORD
                ? restoreUrl(String.valueOf(entry.getValue()), stored.text(entry.getKey(), ""))
                : Optional.<String>empty();
        if (url.isEmpty()) {
          return Optional.empty();
        }
        restored.put(entry.getKey(), url.get());
      }
    }
    return Optional.of(new ProcessorConfig(restored));
  }

  /** The sent URL with the stored password, when that goes to the same host in the same way. */
  private static Optional<String> restoreUrl(String sent, String stored) {
    var wanted = URL_PARTS.matcher(sent);
    var known = URL_PARTS.matcher(stored);
    if (!wanted.matches()
        || !known.matches()
        || !wanted.group("password").equals(HIDDEN)
        || !wanted.group("scheme").equalsIgnoreCase(known.group("scheme"))
        || !wanted.group("host").equalsIgnoreCase(known.group("host"))) {
      return Optional.empty();
    }
    var account =
        wanted.group("scheme") + wanted.group("user") + ":" + known.group("password") + "@";
    var rest = wanted.group("rest");
    if (!rest.contains(HIDDEN)) {
      return Optional.of(account + wanted.group("host") + rest);
    }
    return rest.equals(hidePassword(known.group("rest")))
        ? Optional.of(account + wanted.group("host") + known.group("rest"))
        : Optional.empty();
  }

  private static Optional<Map<String, String>> restoreHeaders(
      Object sent, Map<String, String> stored) {
    var restored = new LinkedHashMap<String, String>();
    for (var entry : ((Map<?, ?>) sent).entrySet()) {
      var name = String.valueOf(entry.getKey());
      var value = String.valueOf(entry.getValue());
      if (value.equals(HIDDEN)) {
        var kept = stored.get(name);
        if (kept == null) {
          return Optional.empty();
        }
        restored.put(name, kept);
      } else {
        restored.put(name, value);
      }
    }
    return Optional.of(restored);
  }
}
