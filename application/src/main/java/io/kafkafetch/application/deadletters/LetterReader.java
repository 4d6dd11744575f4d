package io.kafkafetch.application.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the letters of one consumer from whatever else is in the topic. */
final class LetterReader {
  private final String consumer;

  LetterReader(ConsumerId consumer) {
    this.consumer = consumer.toString();
  }

  /** What a record of a dead-letter topic is. */
  sealed interface Found {
    /** A letter of the consumer. */
    record Letter(StoredLetter letter) implements Found {}

    /** A letter of the consumer, but its headers cannot be understood. */
    record Unreadable(String why) implements Found {}

    /** Somebody else's. */
    record Foreign() implements Found {}
  }

  /** A header that is missing or makes no sense. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  Found read(RecordBatch batch, int index) {
    var own = new ArrayList<RecordHeader>();
    var ours = new HashMap<String, String>();
    for (var header : batch.headers(index)) {
      var value = header.value();
      if (!header.name().startsWith(DeadLetter.HEADER_PREFIX)) {
        own.add(header);
      } else if (value != null) {
        ours.put(
            header.name().substring(DeadLetter.HEADER_PREFIX.length()), new String(value, UTF_8));
      }
    }
    if (!consumer.equals(ours.get("consumer"))) {
      return new Found.Foreign();
    }
    var place = new DeadLetterPlace(batch.source().partition(), batch.offset(index));
    try {
      return new Found.Letter(letter(place, batch, index, own, ours));
    } catch (Malformed e) {
      return new Found.Unreadable("Letter " + place + " " + e.getMessage());
    }
  }

  private static StoredLetter letter(
      DeadLetterPlace place,
      RecordBatch batch,
      int index,
      List<RecordHeader> own,
      Map<String, String> ours)
      throws Malformed {
    var source =
        new SourcePartition(
            text(ours, "topic"), text(ours, "topic-id"), (int) number(ours, "partition"));
    return new StoredLetter(
        place,
        source,
        number(ours, "offset"),
        // Letters of the first days do not say it; the record's own is the same where the topic
        // leaves it alone.
        ours.containsKey("timestamp") ? signed(ours, "timestamp") : batch.timestamp(index),
        batch.key(index),
        batch.value(index),
        own,
        text(ours, "group"),
        text(ours, "processor"),
        text(ours, "processor-type"),
        text(ours, "reason"),
        (int) number(ours, "attempt"),
        time(ours, "at"),
        Optional.empty());
  }

  private static String text(Map<String, String> ours, String name) throws Malformed {
    var value = ours.get(name);
    if (value == null) {
      throw new Malformed("has no header " + DeadLetter.HEADER_PREFIX + name);
    }
    return value;
  }

  private static long number(Map<String, String> ours, String name) throws Malformed {
    long value = signed(ours, name);
    if (value < 0 || (value > Integer.MAX_VALUE && !name.equals("offset"))) {
      throw wrong(name);
    }
    return value;
  }

  private static long signed(Map<String, String> ours, String name) throws Malformed {
    try {
      return Long.parseLong(text(ours, name));
    } catch (NumberFormatException e) {
      throw wrong(name);
    }
  }

  private static Instant time(Map<String, String> ours, String name) throws Malformed {
    try {
      return Instant.parse(text(ours, name));
    } catch (DateTimeException e) {
      throw wrong(name);
    }
  }

  private static Malformed wrong(String name) {
    return new Malformed("has a header " + DeadLetter.HEADER_PREFIX + name + " without meaning");
  }
}
