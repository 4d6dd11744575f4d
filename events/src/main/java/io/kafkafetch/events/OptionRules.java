package io.kafkafetch.events;

import java.time.Duration;
import java.util.Map;

/** What consumers and producers alike refuse in their options. */
final class OptionRules {
  private static final Duration MIN_BROKER_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_BROKER_TIMEOUT = Duration.ofMinutes(10);

  private OptionRules() {}

  static String notBlank(String option, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(option + " must not be blank");
    }
    return value;
  }

  static Duration notNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(option + " must not be negative, not " + value);
    }
    return value;
  }

  static Duration brokerTimeout(Duration value) {
    if (value.compareTo(MIN_BROKER_TIMEOUT) < 0 || value.compareTo(MAX_BROKER_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "brokerTimeout must be from 100 ms to 10 minutes, not " + value);
    }
    return value;
  }

  static void requireNotOwned(String property, Map<String, String> owned) {
    var option = owned.get(property);
    if (option != null) {
      throw new IllegalArgumentException(property + " is set by " + option);
    }
  }
}
