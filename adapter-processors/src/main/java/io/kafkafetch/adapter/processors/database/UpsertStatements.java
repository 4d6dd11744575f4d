package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.adapter.processors.database.RowWriter.Passage;

/**
 * What merges a staging table into a table with one row per key.
 *
 * @param stage the staging table: at most one row per key; one without any value is a tombstone
 */
record UpsertStatements(SyncTable table, String stage, Passage passage) {
  private static final String TOMBSTONE = "s.value is null and s.value_bytes is null";
  private static final String ORIGIN = "topic, topic_id, partition, \"offset\", \"timestamp\"";

  /**
   * Inserts or overwrites rows.
   *
   * @param tombstones whether keys that are remembered as deleted have to be looked at
   */
  String insert(boolean tombstones) {
    var columns = SyncTable.list(table.columns());
    var unlessDeletedLater =
        tombstones
            ? " and not exists (select from %s as d where d.key = s.key and not (%s))"
                .formatted(table.tombstones(), supersedes("s", "d"))
            : "";
    return "insert into %s as t (%s) select %s from %s as s where not (%s)%s on conflict (key) do update set %s where %s"
        .formatted(
            table.qualified(),
            columns,
            columns,
            stage,
            TOMBSTONE,
            unlessDeletedLater,
            AppendWriter.assignments(table),
            supersedes("excluded", "t"));
  }

  /** Deletes the rows that tombstones speak of. */
  String deleteRows() {
    return "delete from %s as t using %s as s where t.key = s.key and %s and %s"
        .formatted(table.qualified(), stage, TOMBSTONE, supersedes("s", "t"));
  }

  /** Keeps where a deletion came from, so that nothing older brings the key back. */
  String rememberDeleted() {
    return """
    insert into %s as d (key, %s) select s.key, %s from %s as s
    where %s and not exists (select from %s as t where t.key = s.key)
    on conflict (key) do update set (%s) = row (%s) where %s
    """
        .formatted(
            table.tombstones(),
            ORIGIN,
            of("s"),
            stage,
            TOMBSTONE,
            table.qualified(),
            ORIGIN,
            of("excluded"),
            supersedes("excluded", "d"));
  }

  /** Keys that have a row again are deleted no more. */
  String forgetDeleted() {
    return "delete from %s as d using %s as s, %s as t where d.key = s.key and t.key = s.key and not (%s)"
        .formatted(table.tombstones(), stage, table.qualified(), TOMBSTONE);
  }

  private static String of(String alias) {
    return ORIGIN.replaceAll("(^|, )", "$1" + alias + ".");
  }

  /**
   * Whether a record takes the place of what is there. Within a partition offsets decide. Between
   * partitions, or incarnations of a topic, the one that is delivered last wins, but a redelivered
   * record only if it is not the older one by its timestamp.
   */
  private String supersedes(String incoming, String existing) {
    var sameOrigin =
        "(%1$s.topic_id, %1$s.partition) = (%2$s.topic_id, %2$s.partition)"
            .formatted(incoming, existing);
    var otherwise =
        switch (passage) {
          case IN_ORDER -> "true";
          case REDELIVERY ->
              "coalesce(%s.\"timestamp\" >= %s.\"timestamp\", false)".formatted(incoming, existing);
        };
    return "case when %s then %s.\"offset\" >= %s.\"offset\" else %s end"
        .formatted(sameOrigin, incoming, existing, otherwise);
  }
}
