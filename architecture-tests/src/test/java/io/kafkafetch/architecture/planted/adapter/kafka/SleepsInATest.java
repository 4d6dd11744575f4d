package io.kafkafetch.architecture.planted.adapter.kafka;

/** Breaks a rule on purpose. */
final class SleepsInATest {
  void test() throws InterruptedException {
    Thread.sleep(1000);
  }
}
