package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.RecordLender;
import io.kafkafetch.application.driven.TopicReader;
import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Loan;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reading for callers over HTTP, which a broker in memory does not offer: who is in its process
 * reads with {@link InMemoryBroker#read}.
 */
final class NoReaders implements RecordLender, TopicReader {
  @Override
  public Loan lend(GroupRead request) {
    throw refused();
  }

  @Override
  public List<Topic> topics() {
    throw refused();
  }

  @Override
  public List<ReadRecord> newest(String topic, OptionalInt partition, int limit) {
    throw refused();
  }

  @Override
  public List<ReadRecord> from(String topic, int partition, long offset, int limit) {
    throw refused();
  }

  @Override
  public Tail tail(String topic, Optional<Map<Integer, Long>> positions) {
    throw refused();
  }

  private static Refusal refused() {
    return new Refusal.Unavailable(
        "The broker in memory is not read over HTTP; that needs Kafka", Duration.ofMinutes(1));
  }
}
