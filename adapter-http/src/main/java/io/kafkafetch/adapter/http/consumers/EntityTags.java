package io.kafkafetch.adapter.http.consumers;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.application.driving.Refusal;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Revisions as entity tags: {@code "7"}. They say what somebody wanted of a consumer, not how it
 * runs, so they guard changes ({@code If-Match}) but never spare an answer ({@code If-None-Match}).
 */
final class EntityTags {
  // RFC 9110, 8.8.3: W/ makes a tag weak; between the quotes anything visible but a quote.
  private static final Pattern TAG = Pattern.compile("(W/)?\"([!\\x23-\\x7e\\x80-\\xff]*)\"");
  private static final Pattern REVISION = Pattern.compile("[1-9]\\d{0,17}");
  private static final int MAX = 4_096;

  private EntityTags() {}

  /** The tag of a revision. */
  static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * The revision that a change may replace; empty when it may replace any.
   *
   * @param ifMatch the header, when it is there
   * @param current the revision now, asked for only when the header names several
   * @throws Refusal.StaleRevision when the header names none that could be
   */
  static OptionalLong expected(Optional<String> ifMatch, LongSupplier current) {
    if (ifMatch.isEmpty() || ifMatch.get().strip().equals("*")) {
      return OptionalLong.empty();
    }
    var revisions = revisions(ifMatch.get());
    if (revisions.size() == 1) {
      return OptionalLong.of(revisions.iterator().next());
    }
    long now = revisions.isEmpty() ? 0 : current.getAsLong();
    if (revisions.contains(now)) {
      return OptionalLong.of(now);
    }
    throw new Refusal.StaleRevision(
        "If-Match names no current revision; GET the consumer for its ETag.");
  }

  /** Weak tags and those that are no revision of ours never match (RFC 9110, 13.1.1). */
  private static Set<Long> revisions(String header) {
    var revisions = new HashSet<Long>();
    var tags = TAG.matcher(header);
    int at = 0;
    boolean any = false;
    while (at < header.length() && header.length() <= MAX) {
      char c = header.charAt(at);
      if (c == ' ' || c == '\t' || c == ',') {
        at++;
      } else if (tags.find(at) && tags.start() == at) {
        any = true;
        if (tags.group(1) == null && REVISION.matcher(tags.group(2)).matches()) {
          revisions.add(Long.parseLong(tags.group(2)));
        }
        at = tags.end();
      } else {
        throw malformed();
      }
    }
    if (!any) {
      throw malformed();
    }
    return revisions;
  }

  private static ProblemException malformed() {
    return new ProblemException(
        HttpError.BAD_REQUEST,
        "If-Match must be * or a list of entity tags in double quotes, such as \"7\".");
  }
}
