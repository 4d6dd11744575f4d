package io.kafkafetch.adapter.processors.database;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a DSN may ask for. An allow-list: the driver knows parameters that load classes, read files
 * or run log-ins, and none of these may come from outside.
 */
enum Parameter {
  SSLMODE("sslmode", List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full")) {
    @Override
    void apply(String value, Properties properties) {
      properties.setProperty("sslmode", value);
      if (value.startsWith("verify-")) {
        // The JVM's trust store, rather than files in the home of whoever runs the server.
        properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
      }
    }
  },
  CHANNEL_BINDING("channel_binding", List.of("disable", "prefer", "require")) {
    @Override
    void apply(String value, Properties properties) {
      properties.setProperty("channelBinding", value);
    }
  },
  TARGET_SESSION_ATTRS("target_session_attrs", List.of("any", "primary", "read-write")) {
    @Override
    void apply(String value, Properties properties) {
      properties.setProperty("targetServerType", value.equals("any") ? "any" : "primary");
    }
  },
  APPLICATION_NAME("application_name", List.of()) {
    @Override
    void apply(String value, Properties properties) {
      properties.setProperty("ApplicationName", value);
    }
  };

  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> options;

  Parameter(String wireName, List<String> options) {
    this.wireName = wireName;
    this.options = options;
  }

  /** Sets what the driver calls it. */
  abstract void apply(String value, Properties properties);

  String wireName() {
    return wireName;
  }

  boolean accepts(String value) {
    return options.isEmpty() ? Identifiers.violation(value).isEmpty() : options.contains(value);
  }

  String accepted() {
    return options.isEmpty()
        ? "a text of 1 to " + Identifiers.MAX_BYTES + " bytes"
        : "one of " + String.join(", ", options);
  }

  static Optional<Parameter> of(String wireName) {
    return Arrays.stream(values()).filter(p -> p.wireName.equals(wireName)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Parameter::wireName).toList();
  }
}
