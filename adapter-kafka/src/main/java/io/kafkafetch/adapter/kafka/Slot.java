package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.CommitMark.TopicEra;
import io.kafkafetch.application.driven.PartitionReport;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition that the member is assigned, from its assignment to its revocation. Belongs to the
 * polling thread; {@link #gone} alone is read by others.
 */
final class Slot {
  /** How far it is on its way from being assigned to being read. */
  enum Stage {
    /** Being asked where the group is in it. */
    PLACING,
    /** The processors are being opened. */
    OPENING,
    /** Its start is being committed. */
    FIXING,
    /** It is read and delivered. */
    FLOWING
  }

  final TopicPartition partition;
  Stage stage = Stage.PLACING;
  @Nullable PartitionWorker worker;
  final Linger linger = new Linger();
  @Nullable TopicEra era;
  long generation;

  /** What was last committed; -1 when nothing was. */
  long committed = -1;

  /** The position after what was last handed to the worker. */
  long fetched;

  /** Whether we told the client not to fetch it, because the worker has enough. */
  boolean paused = true;

  /** Since when its worker has enough; {@code MAX} while it has not. */
  Instant enoughSince = Instant.MAX;

  /** Whether it waits, paused, for a decision about its position. */
  boolean held;

  /** Whether a flush was asked for and is not answered. */
  boolean flushing;

  /** Records still behind the fetch position, as the last fetch told; -1 before the first. */
  long remaining = -1;

  /** The partition was revoked: whoever still works for it may stop. */
  volatile boolean gone;

  Slot(TopicPartition partition) {
    this.partition = partition;
  }

  boolean isFlowing() {
    return stage == Stage.FLOWING;
  }

  PartitionWorker openWorker() {
    if (worker == null) {
      throw new IllegalStateException("No worker delivers " + partition);
    }
    return worker;
  }

  TopicEra knownEra() {
    if (era == null) {
      throw new IllegalStateException(partition + " has not been placed");
    }
    return era;
  }

  void placed(PartitionOffsets.Place place) {
    era = place.era();
    committed = place.committed() ? place.base().offset() : -1;
    fetched = place.base().offset();
  }

  /** Whether what is behind is unknown, or may have been deleted, which an empty fetch tells. */
  boolean wantsLag() {
    return remaining < 0 || (remaining > 0 && !paused);
  }

  /** Whether the worker made more durable than was committed. */
  boolean hasMoreToCommit() {
    return isFlowing() && openWorker().durablePosition() > committed;
  }

  boolean isDirty() {
    return isFlowing() && openWorker().isDirty();
  }

  /** Ends what is under way for this partition, after the sink's current call. */
  void retire() {
    if (worker == null) {
      gone = true;
    } else {
      worker.retire();
    }
  }

  /** Lets the worker go, to begin anew with another one. */
  void retireWorker() {
    if (worker != null) {
      worker.retire();
      worker = null;
    }
    stage = Stage.PLACING;
    flushing = false;
  }

  /** Waits until the worker has closed; false when it has not within that time. */
  boolean awaitClosed(long timeoutMillis) {
    try {
      return worker == null || worker.awaitClosed(timeoutMillis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  PartitionReport report() {
    long position = isFlowing() ? openWorker().position() : fetched;
    return new PartitionReport(
        partition.topic(),
        partition.partition(),
        Math.max(position, 0),
        committed < 0 ? OptionalLong.empty() : OptionalLong.of(committed),
        remaining < 0 ? OptionalLong.empty() : OptionalLong.of(fetched + remaining));
  }
}
