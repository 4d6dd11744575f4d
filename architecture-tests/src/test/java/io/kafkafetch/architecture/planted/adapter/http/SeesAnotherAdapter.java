package io.kafkafetch.architecture.planted.adapter.http;

import io.kafkafetch.architecture.planted.adapter.kafka.Broker;

/** Breaks a rule on purpose. */
interface SeesAnotherAdapter {
  Broker broker();
}
