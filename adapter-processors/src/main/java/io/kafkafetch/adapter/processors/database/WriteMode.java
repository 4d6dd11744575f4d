package io.kafkafetch.adapter.processors.database;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a table keeps of a topic. */
enum WriteMode {
  /** Every record, a row each. */
  APPEND,
  /** The newest record of each key; a tombstone deletes. */
  UPSERT;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static WriteMode of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  static List<String> names() {
    return Arrays.stream(values()).map(WriteMode::wireName).toList();
  }
}
