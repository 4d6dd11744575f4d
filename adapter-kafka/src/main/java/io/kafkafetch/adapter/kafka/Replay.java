package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Reads again what a call was lent, no more and no less: its answer did not arrive. Belongs to the
 * polling thread, but for {@link #answer}.
 */
final class Replay {
  private static final long MOST_NANOS = Duration.ofSeconds(15).toNanos();

  final CompletableFuture<Lending> answer = new CompletableFuture<>();

  private final Lending call;
  private final long deadline;

  Replay(Lending call, long now) {
    this.call = call;
    this.deadline = now + MOST_NANOS;
  }

  /** Goes back to where the call began; false when it has nothing any more. */
  boolean begin(Consumer<byte[], byte[]> consumer) {
    if (call.held().isEmpty() && !call.records().isEmpty()) {
      return false;
    }
    for (var partition : call.held()) {
      partition.read.clear();
      consumer.seek(partition.partition, partition.lentFrom);
    }
    call.forgetRecords();
    return true;
  }

  boolean isOf(LentPartition partition) {
    return partition.holder == call && !isRead(partition);
  }

  private static boolean isRead(LentPartition partition) {
    return !partition.read.isEmpty() && partition.read.getFirst().offset() >= partition.lentTo;
  }

  /** Takes what there is; true when it has been answered. */
  boolean isOver(Consumer<byte[], byte[]> consumer, long now) {
    if (call.hasLost()) {
      answer.completeExceptionally(LendingMember.lostPartition());
      return true;
    }
    boolean all = true;
    for (var partition : call.held()) {
      while (!partition.read.isEmpty() && !isRead(partition)) {
        call.takeAgain(partition);
      }
      all &= isRead(partition) || consumer.position(partition.partition) >= partition.lentTo;
    }
    if (all) {
      answer.complete(call);
    } else if (now - deadline >= 0) {
      answer.completeExceptionally(
          new Refusal.TimedOut("Kafka did not give the records of that answer again in time"));
    }
    return answer.isDone();
  }
}
