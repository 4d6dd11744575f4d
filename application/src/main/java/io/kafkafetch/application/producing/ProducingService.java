package io.kafkafetch.application.producing;

import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driving.IdempotencyKey;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.Violation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Checks what can be known before sending, then sends. */
public final class ProducingService implements Producing {
  private static final int MOST_VIOLATIONS = 100;

  private final RecordPublisher publisher;
  private final RememberedSends remembered;

  /** Writes through that publisher. */
  public ProducingService(RecordPublisher publisher, InstantSource clock) {
    this.publisher = publisher;
    this.remembered = new RememberedSends(clock);
  }

  @Override
  public List<CompletableFuture<Receipt>> once(
      IdempotencyKey key, int records, Supplier<List<CompletableFuture<Receipt>>> send) {
    return remembered.once(key, records, send);
  }

  @Override
  public CompletableFuture<Receipt> publish(OutgoingRecord record) {
    try {
      requirePartition(record);
      return publisher.publish(record);
    } catch (Refusal refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  @Override
  public CompletableFuture<Receipt> publishInBulk(OutgoingRecord record) {
    try {
      requirePartition(record);
      return publisher.publishInBulk(record);
    } catch (Refusal refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  private void requirePartition(OutgoingRecord record) {
    if (record.partition().isEmpty()) {
      return;
    }
    var violation = partitionViolation(record, publisher.partitions(record.topic()), "");
    if (violation.isPresent()) {
      throw new Refusal.Invalid(List.of(violation.get()));
    }
  }

  @Override
  public List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records) {
    var topics = topics(records);
    requirePartitions(records, topics);
    var receipts = new ArrayList<CompletableFuture<Receipt>>(records.size());
    for (var record : records) {
      receipts.add(
          switch (Objects.requireNonNull(topics.get(record.topic()))) {
            case Topic.There _ -> publisher.publish(record);
            case Topic.Refused refused -> CompletableFuture.failedFuture(refused.why());
          });
    }
    return receipts;
  }

  /** What is known of a topic before anything is sent to it. */
  private sealed interface Topic {
    record There(int partitions) implements Topic {}

    record Refused(Refusal why) implements Topic {}
  }

  private Map<String, Topic> topics(List<OutgoingRecord> records) {
    var topics = new HashMap<String, Topic>();
    for (var record : records) {
      topics.computeIfAbsent(record.topic(), this::look);
    }
    return topics;
  }

  private Topic look(String topic) {
    try {
      return new Topic.There(publisher.partitions(topic));
    } catch (Refusal.Unavailable unreachable) {
      // It is so for every topic; asking for each would only take the caller's time.
      throw unreachable;
    } catch (Refusal refusal) {
      return new Topic.Refused(refusal);
    }
  }

  private void requirePartitions(List<OutgoingRecord> records, Map<String, Topic> topics) {
    var violations = new ArrayList<Violation>();
    for (int i = 0; i < records.size() && violations.size() < MOST_VIOLATIONS; i++) {
      var record = records.get(i);
      if (record.partition().isPresent()
          && topics.get(record.topic()) instanceof Topic.There topic) {
        partitionViolation(record, topic.partitions(), "[" + i + "].").ifPresent(violations::add);
      }
    }
    if (!violations.isEmpty()) {
      throw new Refusal.Invalid(violations);
    }
  }

  private Optional<Violation> partitionViolation(
      OutgoingRecord record, int partitions, String path) {
    var wanted = record.partition();
    if (wanted.isEmpty() || wanted.getAsInt() < partitions) {
      return Optional.empty();
    }
    int now = publisher.partitionsNow(record.topic());
    return wanted.getAsInt() < now
        ? Optional.empty()
        : Optional.of(
            new Violation(
                path + "partition",
                "must be from 0 to "
                    + (now - 1)
                    + ", since the topic "
                    + record.topic()
                    + " has "
                    + (now == 1 ? "1 partition" : now + " partitions")));
  }
}
