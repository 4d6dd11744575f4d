package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMERS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import io.kafkafetch.domain.consumer.Consumer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Query;
import org.jooq.Row3;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Statements about what consumers claim. A resource is kept as a hash: it may be longer than an
 * index holds, and names hosts and paths. Two of one hash find a consumer too many, never one too
 * few.
 */
final class StoredClaims {
  private StoredClaims() {}

  /**
   * Two halves, since each has an index of its own. The one of the unknown is read in its order:
   * entries of rows that have become known are dropped from it on the way, which a bitmap would not
   * do, and many become known when many are created.
   */
  static Select<?> claiming(Set<String> resources) {
    var overlapping =
        select(ConsumerRow.COLUMNS)
            .from(CONSUMERS)
            .where(DSL.arrayOverlap(CONSUMERS.CLAIMS, hashes(resources)));
    var unknown =
        select(ConsumerRow.COLUMNS)
            .from(CONSUMERS)
            .where(CONSUMERS.CLAIMS.isNull())
            .orderBy(CONSUMERS.CREATED_AT, CONSUMERS.ID);
    return overlapping
        .unionAll(unknown)
        .orderBy(
            field(name(CONSUMERS.CREATED_AT.getName()), Instant.class),
            field(name(CONSUMERS.ID.getName()), UUID.class));
  }

  /**
   * Waits for nobody: a row that somebody holds is being changed, or recorded by another server.
   */
  static Query record(Collection<Map.Entry<Consumer, Set<String>>> claims) {
    var known = DSL.values(rows(claims)).as("known", "id", "revision", "claims");
    var knownClaims = known.field("claims", Long[].class);
    var free =
        name("free")
            .fields("id", "claims")
            .as(
                select(CONSUMERS.ID, knownClaims)
                    .from(CONSUMERS)
                    .join(known)
                    .on(CONSUMERS.ID.eq(known.field("id", UUID.class)))
                    .and(CONSUMERS.REVISION.eq(known.field("revision", Long.class)))
                    .where(CONSUMERS.CLAIMS.isDistinctFrom(knownClaims))
                    .forUpdate()
                    .of(CONSUMERS)
                    .skipLocked());
    return DSL.with(free)
        .update(CONSUMERS)
        .set(CONSUMERS.CLAIMS, free.field("claims", Long[].class))
        .from(free)
        .where(CONSUMERS.ID.eq(free.field("id", UUID.class)));
  }

  /** Java makes no array of a generic type. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Row3<UUID, Long, Long[]>[] rows(
      Collection<Map.Entry<Consumer, Set<String>>> claims) {
    return claims.stream().map(StoredClaims::row3).toArray(Row3[]::new);
  }

  private static Row3<UUID, Long, Long[]> row3(Map.Entry<Consumer, Set<String>> entry) {
    return row(entry.getKey().id().value(), entry.getKey().revision(), hashes(entry.getValue()));
  }

  private static Long[] hashes(Set<String> resources) {
    return resources.stream().map(StoredClaims::hash).sorted().distinct().toArray(Long[]::new);
  }

  private static long hash(String resource) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(resource.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
