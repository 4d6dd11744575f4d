package io.kafkafetch.benchmarks.run;

/**
 * Ours beside something else.
 *
 * @param ours the name of our series
 * @param other the name of the series that it is compared with
 * @param kind how the two are compared
 * @param bar what is to be reached
 */
public record Comparison(String ours, String other, Kind kind, double bar) {
  /** How a figure is compared with another. */
  public enum Kind {
    /** Ours divided by the other, at least the bar. */
    AT_LEAST("×", "≥"),
    /** Ours divided by the other, at most the bar. */
    AT_MOST("×", "≤"),
    /** Ours minus the other, at most the bar. */
    MORE_BY("+", "≤"),
    /** Ours alone, at most the bar. */
    LIMIT("", "≤");

    private final String sign;
    private final String relation;

    Kind(String sign, String relation) {
      this.sign = sign;
      this.relation = relation;
    }

    String sign() {
      return sign;
    }

    String relation() {
      return relation;
    }
  }

  /** What the two come to. */
  public double value(double oursMedian, double otherMedian) {
    return switch (kind) {
      case AT_LEAST, AT_MOST -> oursMedian / otherMedian;
      case MORE_BY -> oursMedian - otherMedian;
      case LIMIT -> oursMedian;
    };
  }

  /** Whether that is good enough. */
  public boolean isMet(double value) {
    return kind == Kind.AT_LEAST ? value >= bar : value <= bar;
  }
}
