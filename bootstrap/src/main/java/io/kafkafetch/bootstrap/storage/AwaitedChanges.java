package io.kafkafetch.bootstrap.storage;

import io.kafkafetch.application.driven.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Subscriptions that are taken now and served once there is something to listen to. */
final class AwaitedChanges implements Changes {
  /** All of this is guarded by this object's monitor. */
  private Optional<Changes> changes = Optional.empty();

  private final List<Subscription> waiting = new ArrayList<>();

  @Override
  public synchronized Listening listen(Runnable onChange) {
    if (changes.isPresent()) {
      return changes.get().listen(onChange);
    }
    var subscription = new Subscription(onChange);
    waiting.add(subscription);
    return () -> close(subscription);
  }

  /** From now on there is something; that by itself is news. */
  synchronized void follow(Changes opened) {
    changes = Optional.of(opened);
    for (var subscription : waiting) {
      subscription.served = Optional.of(opened.listen(subscription.onChange));
      subscription.onChange.run();
    }
    waiting.clear();
  }

  private synchronized void close(Subscription subscription) {
    waiting.remove(subscription);
    subscription.served.ifPresent(Listening::close);
  }

  private static final class Subscription {
    private final Runnable onChange;
    private Optional<Listening> served = Optional.empty();

    Subscription(Runnable onChange) {
      this.onChange = onChange;
    }
  }
}
