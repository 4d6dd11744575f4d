package io.kafkafetch.benchmarks.run;

import java.util.Locale;

/** Figures as people read them. */
final class Figures {
  private Figures() {}

  /** Three or more digits that count. */
  static String of(double value) {
    if (value >= 1_000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }

  /** Seconds; nobody's are none. */
  static String seconds(double value) {
    return value == 0 ? "–" : of(value);
  }

  static String mebibytes(long bytes) {
    return bytes == 0 ? "–" : String.format(Locale.ROOT, "%,d", bytes >> 20);
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.0f %%", part * 100);
  }
}
