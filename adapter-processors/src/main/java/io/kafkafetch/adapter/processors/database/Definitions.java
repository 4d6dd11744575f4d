package io.kafkafetch.adapter.processors.database;

import static io.kafkafetch.adapter.processors.database.Identifiers.quote;

import java.util.List;
import java.util.stream.Collectors;

/** The statements that make what is missing. {@code docs/database_sync.md} shows the same. */
final class Definitions {
  private Definitions() {}

  static String table(SyncTable table) {
    var fields =
        table.fields().stream()
            .map(field -> "  " + quote(field.name()) + " " + field.type().sql() + ",\n")
            .collect(Collectors.joining());
    return """
    create table %s (
      topic text collate "C" not null,
      topic_id text collate "C" not null,
      partition integer not null,
      "offset" bigint not null,
      "timestamp" timestamptz,
      key bytea,
      value jsonb,
      value_bytes bytea,
      headers jsonb,
    %s  primary key (%s)
    )
    """
        .formatted(table.qualified(), fields, SyncTable.list(table.identity()));
  }

  static String missingColumns(SyncTable table, List<Column> missing) {
    return "alter table "
        + table.qualified()
        + missing.stream()
            .map(column -> " add column " + quote(column.name()) + " " + column.type().sql())
            .collect(Collectors.joining(","));
  }

  static String tombstones(SyncTable table) {
    return """
    create table %s (
      key bytea primary key,
      topic text collate "C" not null,
      topic_id text collate "C" not null,
      partition integer not null,
      "offset" bigint not null,
      "timestamp" timestamptz
    )
    """
        .formatted(table.tombstones());
  }

  /** Half of each page stays free, so that the row's many updates need no work on the index. */
  static String progress(SyncTable table) {
    return """
    create table %s (
      topic_id text collate "C" not null,
      partition integer not null,
      consumer_group text collate "C" not null,
      processor_id text collate "C" not null,
      topic text collate "C" not null,
      generation bigint not null,
      next_offset bigint not null,
      updated_at timestamptz not null,
      primary key (topic_id, partition, consumer_group, processor_id)
    ) with (fillfactor = 50)
    """
        .formatted(table.progress());
  }
}
