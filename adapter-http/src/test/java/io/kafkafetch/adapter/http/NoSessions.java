package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumeDraft;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.RecordFormat;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SeekTarget;
import io.kafkafetch.application.driving.SessionAnswer;
import io.kafkafetch.application.driving.SessionCounts;
import io.kafkafetch.application.driving.SessionPositions;
import io.kafkafetch.application.driving.SessionTail;
import io.kafkafetch.application.driving.SessionView;
import io.kafkafetch.application.driving.SubscribeDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server without Kafka: no session is there, and none can be opened. */
final class NoSessions implements ConsumerSessions {
  private static Refusal none() {
    return new Refusal.NotFound("There is no such session.");
  }

  @Override
  public SessionView subscribe(SubscribeDraft draft) {
    throw new Refusal.Unavailable("Kafka cannot be reached.", Duration.ofSeconds(1));
  }

  @Override
  public SessionView assign(String id, Map<String, List<Long>> topics) {
    throw none();
  }

  @Override
  public RecordFormat format(String id) {
    throw none();
  }

  @Override
  public SessionAnswer consume(String id, ConsumeDraft draft) {
    throw none();
  }

  @Override
  public SessionTail tail(String id, ConsumeDraft limits, Map<PartitionId, Long> resumeAt) {
    throw none();
  }

  @Override
  public Map<PartitionId, Long> commit(String id, Optional<Map<PartitionId, Long>> offsets) {
    throw none();
  }

  @Override
  public String seek(String id, PartitionId partition, SeekTarget target) {
    throw none();
  }

  @Override
  public SessionPositions position(String id) {
    throw none();
  }

  @Override
  public void close(String id) {
    throw none();
  }

  @Override
  public SessionCounts counts() {
    return new SessionCounts(0, 0, 0, 0, 0, 0);
  }

  @Override
  public void endWaiting() {}
}
