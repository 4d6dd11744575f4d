package io.kafkafetch.events;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A date and time of day in ISO 8601's extended form, with an offset or without. */
final class IsoTimestamp {
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .parseLenient() // +02 as well as +02:00
          .appendOffsetId()
          .parseStrict()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  /** +0200, which no formatter takes beside +02:00. */
  private static final Pattern BASIC_OFFSET = Pattern.compile("(.*[Tt].*[+-]\\d{2})(\\d{2})");

  private IsoTimestamp() {}

  /** Reads a time; one without an offset is UTC, as no zone of ours could be meant. */
  static Optional<OffsetDateTime> parse(String text) {
    try {
      var extended = BASIC_OFFSET.matcher(text).replaceFirst("$1:$2");
      var parsed = READ.parseBest(extended, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime time
              ? time
              : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  static String format(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }
}
