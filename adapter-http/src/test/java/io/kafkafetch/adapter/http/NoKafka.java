package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Refuses as the application does while Kafka is away. */
final class NoKafka implements Producing {
  @Override
  public CompletableFuture<Receipt> publish(OutgoingRecord record) {
    return CompletableFuture.failedFuture(away());
  }

  @Override
  public List<CompletableFuture<Receipt>> publishAll(List<OutgoingRecord> records) {
    throw away();
  }

  private static Refusal away() {
    return new Refusal.Unavailable("Kafka is away", Duration.ofSeconds(1));
  }
}
