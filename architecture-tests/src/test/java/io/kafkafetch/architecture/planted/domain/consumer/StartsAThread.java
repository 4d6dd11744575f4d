package io.kafkafetch.architecture.planted.domain.consumer;

import java.util.concurrent.atomic.AtomicLong;

/** Breaks a rule on purpose. */
final class StartsAThread {
  private final AtomicLong count = new AtomicLong();

  void start() {
    Thread.ofVirtual().start(count::incrementAndGet);
  }
}
