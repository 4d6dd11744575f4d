package io.kafkafetch.architecture.planted.adapter.kafka;

/** Breaks a rule on purpose. */
interface IStore {}
