package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.Consuming;
import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.IdempotencyKey;
import io.kafkafetch.application.driving.Loan;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.TopicBrowsing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Refuses as the application does while Kafka is away. */
final class NoKafka implements Producing, Consuming, TopicBrowsing {
  @Override
  public CompletableFuture<Receipt> publish(OutgoingRecord record) {
    return CompletableFuture.failedFuture(away());
  }

  @Override
  public List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records) {
    throw away();
  }

  @Override
  public List<CompletableFuture<Receipt>> once(
      IdempotencyKey key, int records, Supplier<List<CompletableFuture<Receipt>>> send) {
    return send.get();
  }

  @Override
  public Loan read(GroupRead request) {
    throw away();
  }

  @Override
  public List<Topic> topics() {
    throw away();
  }

  @Override
  public List<ReadRecord> newest(String topic, OptionalInt partition, int limit) {
    throw away();
  }

  @Override
  public List<ReadRecord> from(String topic, int partition, long offset, int limit) {
    throw away();
  }

  @Override
  public Tail tail(String topic, Optional<Map<Integer, Long>> positions) {
    throw away();
  }

  private static Refusal away() {
    return new Refusal.Unavailable("Kafka is away", Duration.ofSeconds(1));
  }
}
