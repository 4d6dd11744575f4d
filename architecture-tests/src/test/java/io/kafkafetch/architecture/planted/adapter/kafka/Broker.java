package io.kafkafetch.architecture.planted.adapter.kafka;

/** Breaks a rule on purpose. */
public final class Broker {}
