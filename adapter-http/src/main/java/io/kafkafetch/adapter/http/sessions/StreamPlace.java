package io.kafkafetch.adapter.http.sessions;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.application.driving.PartitionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where a stream is, as the id of its events: {@code orders-0=42,orders-1=17}. Whoever reads on
 * sends the last one back ({@code Last-Event-ID}), and nothing need be remembered here.
 */
final class StreamPlace {
  private static final Pattern ENTRY =
      Pattern.compile("([a-zA-Z0-9._-]{1,249})-(\\d{1,9})=(\\d{1,18})");

  /** Longer ones would not fit the header that they come back in. */
  private static final int MAX = 8 << 10;

  private StreamPlace() {}

  /** The id for these positions; empty when there are too many of them. */
  static Optional<String> write(Map<PartitionId, Long> positions) {
    var id = new StringBuilder();
    for (var entry : new TreeMap<>(positions).entrySet()) {
      id.append(id.isEmpty() ? "" : ",").append(entry.getKey()).append('=');
      id.append(entry.getValue().longValue());
    }
    return id.isEmpty() || id.length() > MAX ? Optional.empty() : Optional.of(id.toString());
  }

  /** The positions that an id says. */
  static Map<PartitionId, Long> read(Optional<String> lastEventId) {
    var positions = new HashMap<PartitionId, Long>();
    if (lastEventId.isEmpty() || lastEventId.get().isBlank()) {
      return positions;
    }
    for (var part : lastEventId.get().split(",", -1)) {
      var entry = ENTRY.matcher(part.strip());
      if (!entry.matches()) {
        throw new ProblemException(
            HttpError.BAD_REQUEST,
            "Last-Event-ID must be the id of an event of this stream, such as orders-0=42.");
      }
      positions.put(
          new PartitionId(entry.group(1), Integer.parseInt(entry.group(2))),
          Long.parseLong(entry.group(3)));
    }
    return positions;
  }
}
