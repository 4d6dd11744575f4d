package io.kafkafetch.adapter.http.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** Names for requests: the caller's own where it sent a harmless one, else a new one. */
final class References {
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private References() {}

  static String of(Request request) {
    var sent = request.getHeaders().get(StandardHeaders.REQUEST_ID);
    return sent != null && HARMLESS.matcher(sent).matches() ? sent : next();
  }

  static String next() {
    // Only has to be found in a log, not to be secret.
    return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
  }
}
