package io.kafkafetch.bootstrap.plugins;

import org.jspecify.annotations.Nullable;

/** What is wrong with a plugin, in one line. */
final class UnusablePlugin extends Exception {
  private static final long serialVersionUID = 1L;

  UnusablePlugin(String sentence) {
    super(oneLine(sentence));
  }

  private UnusablePlugin(String sentence, Throwable cause) {
    super(oneLine(sentence), cause);
  }

  /** With what the fault, and what caused it, say about themselves. */
  static UnusablePlugin because(String sentence, Throwable fault) {
    var text = new StringBuilder(sentence);
    int depth = 0;
    for (@Nullable Throwable each = fault; each != null && depth < 4; each = each.getCause()) {
      text.append(": ").append(each);
      depth++;
    }
    return new UnusablePlugin(text.toString(), fault);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
