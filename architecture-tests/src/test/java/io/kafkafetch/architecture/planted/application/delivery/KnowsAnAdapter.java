package io.kafkafetch.architecture.planted.application.delivery;

import io.kafkafetch.architecture.planted.adapter.kafka.Broker;

/** Breaks a rule on purpose. */
interface KnowsAnAdapter {
  Broker broker();
}
