package io.kafkafetch.bootstrap.storage;

import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Redrive;
import io.kafkafetch.application.driving.RedriveState;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Redrives that are looked up anew at each call. */
record AwaitedRedrives(Supplier<Redrives> opened) implements Redrives {
  @Override
  public boolean begin(Redrive redrive, Duration timeToLive) {
    return opened.get().begin(redrive, timeToLive);
  }

  @Override
  public Optional<RedriveState> save(Redrive redrive, Duration timeToLive) {
    return opened.get().save(redrive, timeToLive);
  }

  @Override
  public boolean cancel(ConsumerId consumer) {
    return opened.get().cancel(consumer);
  }

  @Override
  public Optional<Redrive> last(ConsumerId consumer) {
    return opened.get().last(consumer);
  }

  @Override
  public void settle(
      ConsumerId consumer, String topicId, Map<DeadLetterPlace, Settlement> letters) {
    opened.get().settle(consumer, topicId, letters);
  }

  @Override
  public Map<Long, Settlement> settled(
      ConsumerId consumer, String topicId, int partition, long from, long end) {
    return opened.get().settled(consumer, topicId, partition, from, end);
  }

  @Override
  public void forget(String topicId, int partition, long before) {
    opened.get().forget(topicId, partition, before);
  }
}
