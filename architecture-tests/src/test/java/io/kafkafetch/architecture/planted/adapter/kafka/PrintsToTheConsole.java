package io.kafkafetch.architecture.planted.adapter.kafka;

import java.util.ServiceLoader;

/** Breaks a rule on purpose. */
final class PrintsToTheConsole {
  void print() {
    System.out.println(ServiceLoader.load(Runnable.class));
  }
}
