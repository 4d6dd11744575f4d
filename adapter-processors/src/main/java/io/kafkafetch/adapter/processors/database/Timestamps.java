package io.kafkafetch.adapter.processors.database;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.OptionalLong;

/** PostgreSQL's binary {@code timestamptz} and {@code date}, which count from the year 2000. */
final class Timestamps {
  /** What {@code timestamptz} shows as {@code infinity}. */
  static final long INFINITY = Long.MAX_VALUE;

  private static final long EPOCH_SECONDS = 946_684_800L;
  private static final long EPOCH_DAYS = 10_957L;
  private static final long MICROS = 1_000_000L;

  /** From 4713 BC to 294276 AD: PostgreSQL's datatype/timestamp.h. */
  private static final long MIN_MICROS = -211_813_488_000_000_000L;

  private static final long END_MICROS = 9_223_371_331_200_000_000L;
  private static final long MIN_DAYS = -2_451_545L;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private Timestamps() {}

  /** A record's Unix milliseconds; what lies beyond PostgreSQL's time becomes infinity. */
  static long ofRecord(long unixMillis) {
    return ofMillis(unixMillis).orElse(INFINITY);
  }

  /** Unix milliseconds, where PostgreSQL's time reaches them. */
  static OptionalLong ofMillis(long unixMillis) {
    return ofInstant(Instant.ofEpochMilli(unixMillis));
  }

  /** ISO 8601, with T or a space; UTC when it names no offset. */
  static OptionalLong ofText(String text) {
    try {
      return switch (ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from)) {
        case OffsetDateTime time -> ofInstant(time.toInstant());
        case LocalDateTime time -> ofInstant(time.toInstant(ZoneOffset.UTC));
        case Object _ -> OptionalLong.empty();
      };
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong ofInstant(Instant instant) {
    try {
      long micros =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECONDS, MICROS),
              instant.getNano() / 1000L);
      return micros >= MIN_MICROS && micros < END_MICROS
          ? OptionalLong.of(micros)
          : OptionalLong.empty();
    } catch (ArithmeticException _) {
      return OptionalLong.empty();
    }
  }

  /** Days of an ISO 8601 date. */
  static OptionalLong daysOf(String text) {
    try {
      long days = LocalDate.parse(text).toEpochDay() - EPOCH_DAYS;
      return days >= MIN_DAYS && days <= Integer.MAX_VALUE
          ? OptionalLong.of(days)
          : OptionalLong.empty();
    } catch (DateTimeException _) {
      return OptionalLong.empty();
    }
  }
}
