package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.DeadLetterTopics.Extent;
import io.kafkafetch.application.driving.DeadLetterPage;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.Consumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Pages of letters. A cursor is the place where the next page begins, in this topic's life. */
final class LetterPages {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 4 << 20;
  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

  private final RedriveTools tools;

  LetterPages(RedriveTools tools) {
    this.tools = tools;
  }

  DeadLetterPage page(Consumer consumer, Extent extent, int limit, Optional<String> cursor) {
    var ranges = new TreeMap<>(extent.partitions());
    cursor.map(LetterPages::place).ifPresent(place -> skip(ranges, place));
    var topic = consumer.spec().deadLetterTopic().value();
    if (ranges.values().stream().allMatch(range -> range.start() >= range.end())) {
      return new DeadLetterPage(topic, java.util.List.of(), 0, Optional.empty());
    }
    try (var scan =
        new LetterScan(consumer, extent.topicId(), tools.topics(), tools.redrives(), ranges)) {
      return page(topic, scan, ranges, limit);
    }
  }

  private DeadLetterPage page(
      String topic, LetterScan scan, NavigableMap<Integer, LogRange> ranges, int limit) {
    var until = tools.clock().instant().plus(LIMIT);
    var found = new ArrayList<StoredLetter>();
    long unreadable = 0;
    long bytes = 0;
    while (true) {
      var part = scan.next(Duration.ofMillis(500));
      if (part.isEmpty()) {
        return new DeadLetterPage(topic, found, unreadable, Optional.empty());
      }
      unreadable += part.get().unreadable().size();
      for (var letter : part.get().letters()) {
        found.add(letter);
        bytes += new OriginalRecord(letter).sizeInBytes();
        if (found.size() == limit || bytes > MOST_BYTES) {
          var next = new DeadLetterPlace(letter.place().partition(), letter.place().offset() + 1);
          return new DeadLetterPage(topic, found, unreadable, next(ranges, next));
        }
      }
      if (tools.clock().instant().isAfter(until)) {
        var next = new DeadLetterPlace(part.get().partition(), part.get().next());
        return new DeadLetterPage(topic, found, unreadable, next(ranges, next));
      }
    }
  }

  /** Empty when nothing at all follows. */
  private static Optional<String> next(
      NavigableMap<Integer, LogRange> ranges, DeadLetterPlace place) {
    var left = new TreeMap<>(ranges);
    skip(left, place);
    return left.values().stream().anyMatch(range -> range.start() < range.end())
        ? Optional.of(place.toString())
        : Optional.empty();
  }

  private static void skip(NavigableMap<Integer, LogRange> ranges, DeadLetterPlace place) {
    ranges.headMap(place.partition()).clear();
    ranges.computeIfPresent(
        place.partition(),
        (_, range) -> new LogRange(Math.max(range.start(), place.offset()), range.end()));
  }

  private static DeadLetterPlace place(String cursor) {
    var matcher = CURSOR.matcher(cursor);
    if (!matcher.matches()) {
      throw new Refusal.Invalid("cursor", "must be a cursor from the Link of an earlier page");
    }
    return new DeadLetterPlace(
        Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }
}
