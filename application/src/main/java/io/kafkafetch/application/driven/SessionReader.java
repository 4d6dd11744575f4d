package io.kafkafetch.application.driven;

import io.kafkafetch.application.driving.Gap;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SeekTarget;
import io.kafkafetch.application.driving.SessionPositions;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads topics on behalf of one session. Commands are taken from any thread, one after the other;
 * each completes within a bounded time, with what was asked for or a {@link Refusal}. Between
 * commands its member is kept in the group, and no more is fetched than the next answer lacks.
 *
 * <p>Its <em>era</em> rises with each seek, each assignment by hand and whenever a partition is
 * lost. What was answered in an earlier era cannot be acknowledged or repeated.
 */
public interface SessionReader {
  /** Joins the group. Completes when partitions are assigned and their positions are fixed. */
  CompletableFuture<Assigned> subscribe(List<TopicName> topics);

  /** Leaves the group and takes these partitions. Completes when their positions are fixed. */
  CompletableFuture<Assigned> assign(Collection<PartitionId> partitions);

  /** Fetches the next records. One at a time. */
  CompletableFuture<Fetched> fetch(Order order);

  /**
   * Fetches once more what was answered in that era, in the same order, and moves nothing. In
   * another era that is refused, and what was answered but lost its acknowledgement with a
   * partition is read again by the next fetch.
   *
   * @param atHand whether the caller has the records and only asks whether they still count
   */
  CompletableFuture<Fetched> repeat(long era, List<Span> spans, boolean atHand);

  /** Commits these offsets, or what was answered so far; completes with what is committed now. */
  CompletableFuture<Map<PartitionId, Long>> commit(Optional<Map<PartitionId, Long>> offsets);

  /** Goes elsewhere in a partition; completes with the era that begins. */
  CompletableFuture<Long> seek(PartitionId partition, SeekTarget target);

  /** Goes to these offsets, ignoring partitions that are not assigned; completes with the era. */
  CompletableFuture<Long> resumeAt(Map<PartitionId, Long> offsets);

  /** Where it is. */
  CompletableFuture<SessionPositions> positions();

  /** Ends a waiting fetch with that reason, if one waits. */
  void cancelFetch(Refusal reason);

  /** Ends a waiting fetch with that reason, and each that comes. */
  void endWaiting(Refusal reason);

  /** Begins to leave the group and free everything; commands fail from now on. */
  void close();

  /** Completes, always normally, when everything is freed, whoever asked for it. */
  CompletableFuture<Void> closed();

  /**
   * What is assigned.
   *
   * @param partitions by topic
   */
  record Assigned(long era, Map<String, List<Integer>> partitions) {}

  /**
   * What to fetch.
   *
   * @param era refused in any other; empty for any
   * @param commitAnswered whether what was answered so far is committed first
   * @param maxBytes of keys and values, but for the first record
   * @param timeout how long to wait for the first record
   */
  record Order(
      OptionalLong era, boolean commitAnswered, int maxRecords, long maxBytes, Duration timeout) {}

  /**
   * A run of records of one partition within an answer.
   *
   * @param from the offset of the first
   * @param to one past the offset of the last
   * @param count how many records are between
   */
  record Span(PartitionId partition, long from, long to, int count) {
    /** Where a batch was. */
    public static Span of(RecordBatch batch) {
      var source = batch.source();
      return new Span(
          new PartitionId(source.topic(), source.partition()),
          batch.offset(0),
          batch.offset(batch.size() - 1) + 1,
          batch.size());
    }
  }

  /**
   * What was fetched.
   *
   * @param era the era it belongs to
   * @param bytes of keys and values
   * @param positions where each assigned partition goes on
   * @param assignment when it is not the one that was told last
   * @param release gives back the memory that this takes
   */
  record Fetched(
      long era,
      List<RecordBatch> batches,
      long bytes,
      Map<PartitionId, Long> positions,
      Optional<Map<String, List<Integer>>> assignment,
      List<Gap> gaps,
      Runnable release) {}
}
