package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Optional;

/** A cluster in which nothing was ever refused. */
final class NoDeadLetters implements DeadLetterTopics {
  @Override
  public Optional<Extent> extent(ClusterAddress cluster, String topic) {
    return Optional.empty();
  }

  @Override
  public Reader open(ClusterAddress cluster, String topic, String topicId) {
    return new Reader() {
      @Override
      public Chunk read(int partition, long from, long end, Duration atMost) {
        throw new IllegalStateException("There is nothing to be read");
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }

  @Override
  public void deleteBefore(ClusterAddress cluster, String topic, int partition, long offset) {
    throw new IllegalStateException("There is nothing to be deleted");
  }
}
