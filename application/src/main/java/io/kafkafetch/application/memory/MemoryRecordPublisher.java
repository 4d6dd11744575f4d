package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.ServerActivity;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes into logs in memory. Safe for any thread. */
final class MemoryRecordPublisher implements RecordPublisher {
  private final MemoryTopics topics;
  private final InstantSource clock;
  private final LongAdder written = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failed = new LongAdder();

  MemoryRecordPublisher(MemoryTopics topics, InstantSource clock) {
    this.topics = topics;
    this.clock = clock;
  }

  @Override
  public int partitions(String topic) {
    return find(topic).logs().size();
  }

  @Override
  public int partitionsNow(String topic) {
    return partitions(topic);
  }

  @Override
  public CompletableFuture<Receipt> publish(OutgoingRecord record) {
    try {
      var receipt = append(record);
      written.increment();
      bytes.add(length(record.key()) + length(record.value()));
      return CompletableFuture.completedFuture(receipt);
    } catch (Refusal refusal) {
      failed.increment();
      return CompletableFuture.failedFuture(refusal);
    }
  }

  @Override
  public CompletableFuture<Receipt> publishInBulk(OutgoingRecord record) {
    return publish(record);
  }

  private static int length(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }

  @Override
  public ServerActivity.Published published() {
    return new ServerActivity.Published(written.sum(), bytes.sum(), failed.sum());
  }

  Receipt append(OutgoingRecord record) {
    var topic = find(record.topic());
    int partition = partition(record, topic);
    long now = clock.millis();
    long offset =
        topic
            .log(partition)
            .append(new MemoryRecord(now, record.key(), record.value(), record.headers()));
    return new Receipt(partition, offset, now);
  }

  private MemoryTopics.Topic find(String topic) {
    return topics.find(topic).orElseThrow(() -> new Refusal.NotFound("There is no topic " + topic));
  }

  private static int partition(OutgoingRecord record, MemoryTopics.Topic topic) {
    int partitions = topic.logs().size();
    if (record.partition().isPresent()) {
      int wanted = record.partition().getAsInt();
      if (wanted < 0 || wanted >= partitions) {
        throw new Refusal.Invalid("partition", "must be from 0 to " + (partitions - 1));
      }
      return wanted;
    }
    var key = record.key();
    int turn = key == null ? topic.turns().getAndIncrement() : Arrays.hashCode(key);
    return Math.floorMod(turn, partitions);
  }
}
