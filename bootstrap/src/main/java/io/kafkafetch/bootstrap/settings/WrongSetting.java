package io.kafkafetch.bootstrap.settings;

/** A setting cannot be used; the message is one line that names it and what is accepted. */
public final class WrongSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_VALUE = 80;

  WrongSetting(String message) {
    super(oneLine(message), null, false, false);
  }

  /** A value that is not accepted, repeated for whoever looks for it. */
  static WrongSetting of(String name, String accepted, String value) {
    var shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    return new WrongSetting("%s must be %s, not \"%s\"".formatted(name, accepted, shown));
  }

  /** A value that is not accepted and may hold a secret. */
  static WrongSetting secret(String name, String accepted) {
    return new WrongSetting("%s must be %s".formatted(name, accepted));
  }

  /** The sentence for the operator. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
