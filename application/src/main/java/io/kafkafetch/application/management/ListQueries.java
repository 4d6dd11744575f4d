package io.kafkafetch.application.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.Page;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Pages of the list of consumers. A cursor is the place of the last one that was shown. */
final class ListQueries {
  private static final Set<String> STATUSES = Set.of("ACTIVE", "INACTIVE", "ERROR");

  private static final int MAX_LIMIT = 10_000;

  private ListQueries() {}

  /** The query; with a limit it asks for one more, to know whether there is a next page. */
  static ConsumerQuery query(ConsumerFilter filter) {
    var violations = Violations.after(filter.misread());
    if (filter.limit().isPresent()
        && (filter.limit().getAsInt() < 1 || filter.limit().getAsInt() > MAX_LIMIT)) {
      violations.add("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
    if (filter.status().filter(status -> !STATUSES.contains(status)).isPresent()) {
      violations.add("status", "must be ACTIVE, INACTIVE or ERROR");
    }
    var place = filter.cursor().flatMap(ListQueries::place);
    if (filter.cursor().isPresent() && place.isEmpty()) {
      violations.add("cursor", "must be a cursor from the Link of an earlier page");
    }
    violations.refuseIfAny();
    return new ConsumerQuery(
        filter.status(),
        filter.topic(),
        filter.group(),
        place,
        filter.limit().isPresent()
            ? OptionalInt.of(filter.limit().getAsInt() + 1)
            : OptionalInt.empty());
  }

  /** The page that the query found. */
  static Page<Consumer> page(ConsumerFilter filter, List<Consumer> found) {
    if (filter.limit().isEmpty() || found.size() <= filter.limit().getAsInt()) {
      return new Page<>(found, Optional.empty());
    }
    var shown = found.subList(0, filter.limit().getAsInt());
    return new Page<>(shown, Optional.of(cursor(shown.getLast())));
  }

  private static String cursor(Consumer last) {
    var place = last.createdAt() + " " + last.id();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
  }

  private static Optional<ConsumerQuery.Place> place(String cursor) {
    try {
      var parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split(" ", 2);
      var at = Instant.parse(parts[0]);
      return parts.length < 2
          ? Optional.empty()
          : ConsumerId.parse(parts[1]).map(id -> new ConsumerQuery.Place(at, id));
    } catch (IllegalArgumentException | DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
