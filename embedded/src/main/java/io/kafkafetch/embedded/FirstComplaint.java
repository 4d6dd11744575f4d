package io.kafkafetch.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The first thing that a child complained of. What it says at its end is mostly about its end: a
 * broker that cannot bind its port goes on for a thousand lines.
 */
final class FirstComplaint {
  private static final Pattern LOGGED = Pattern.compile("(?:.* )?(?:ERROR|FATAL):? +(.*)");
  private static final Pattern LOGGER = Pattern.compile("[\\w.$]+ - ");
  private static final Pattern THROWN = Pattern.compile("(?:[\\w$]+\\.)+[\\w$]+: (.*)");
  private static final int LONGEST = 400;

  private final List<String> parts = new ArrayList<>();
  private boolean over;

  /** Takes notice of the next line. */
  void read(String line) {
    if (over) {
      return;
    }
    if (parts.isEmpty()) {
      var logged = LOGGED.matcher(line);
      if (logged.matches()) {
        parts.add(LOGGER.matcher(logged.group(1)).replaceFirst(""));
      }
    } else {
      // The exception that is logged with it says more.
      var thrown = THROWN.matcher(line);
      if (thrown.matches()) {
        parts.add(thrown.group(1));
      }
      over = true;
    }
  }

  /** In one line; empty while there is none. */
  String text() {
    var text = String.join(": ", parts);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
