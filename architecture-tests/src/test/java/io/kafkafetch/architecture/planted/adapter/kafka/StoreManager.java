package io.kafkafetch.architecture.planted.adapter.kafka;

/** Breaks a rule on purpose. */
final class StoreManager {}
