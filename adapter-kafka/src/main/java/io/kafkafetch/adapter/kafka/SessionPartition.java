package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.CommitMark;
import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A partition for as long as it is assigned to a session. Belongs to the polling thread. */
final class SessionPartition {
  final TopicPartition partition;
  final PartitionId id;

  /** The reader's era when it came here: by assignment or by a seek. */
  long since;

  /** Whether it is known where to read; until then it is paused at a place without meaning. */
  boolean placed;

  /** Whether somebody finds that out. */
  boolean placing;

  /** The next offset to be answered. */
  long position;

  /** The next offset that the client will return. */
  long fetched;

  /** The position after what was answered last; empty when nothing was since {@link #since}. */
  OptionalLong answered = OptionalLong.empty();

  /** What this session committed last; -1 when nothing. */
  long committed = -1;

  private TopicEra era = new TopicEra("", 0);

  SessionPartition(TopicPartition partition, long since) {
    this.partition = partition;
    this.id = new PartitionId(partition.topic(), partition.partition());
    this.since = since;
  }

  /** It is known where to read. */
  void place(long offset) {
    position = offset;
    fetched = offset;
    answered = OptionalLong.empty();
    placed = true;
    placing = false;
  }

  void era(TopicEra topic) {
    era = topic;
  }

  SourcePartition source() {
    return new SourcePartition(partition.topic(), era.topicId(), partition.partition());
  }

  /** An offset to commit, with our mark, which says how many partitions the group began with. */
  OffsetAndMetadata commit(long offset) {
    return new OffsetAndMetadata(
        offset, era.partitions() > 0 ? CommitMark.writeUndecided(era) : "");
  }

  /** Whether something was answered that is not committed. */
  boolean hasToCommit() {
    return answered.isPresent() && answered.getAsLong() != committed;
  }
}
