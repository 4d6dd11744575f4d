package io.kafkafetch.application.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Kafka client properties that a consumer may bring, each with the values it may have. An
 * allow-list: whoever may create a consumer must not be able to name a class, a file or a URL that
 * this process would then load, read or call.
 */
final class ClientConfigRules {
  private static final Map<String, List<String>> ALLOWED =
      new TreeMap<>(Map.of("security.protocol", List.of("PLAINTEXT", "SSL")));

  private ClientConfigRules() {}

  static Map<String, String> read(Map<String, String> sent, Violations violations) {
    var read = new LinkedHashMap<String, String>();
    sent.forEach((name, value) -> {
      var values = ALLOWED.get(name);
      var field = "client_config." + name;
      if (values == null) {
        violations.add(
            field, "is not accepted; accepted are " + String.join(", ", ALLOWED.keySet()));
      } else if (!values.contains(value)) {
        violations.add(field, "must be one of " + String.join(", ", values));
      } else {
        read.put(name, value);
      }
    });
    return read;
  }
}
