package io.kafkafetch.adapter.http.consume;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The next offset of each partition as the id of an event: {@code 0:17,1:4}. */
final class TailPositions {
  private static final Pattern ID = Pattern.compile("\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*");

  private TailPositions() {}

  static String id(Map<Integer, Long> positions) {
    var id = new StringBuilder();
    positions.forEach((partition, offset) -> {
      id.append(id.isEmpty() ? "" : ",").append(partition).append(':').append(offset);
    });
    return id.toString();
  }

  static Map<Integer, Long> parse(String id) {
    if (!ID.matcher(id).matches()) {
      throw new ProblemException(
          HttpError.BAD_REQUEST, "Last-Event-ID must be the id of an event of this stream.");
    }
    var positions = new HashMap<Integer, Long>();
    for (var place : id.split(",", -1)) {
      int colon = place.indexOf(':');
      positions.put(
          Integer.valueOf(place.substring(0, colon)), Long.valueOf(place.substring(colon + 1)));
    }
    return positions;
  }
}
