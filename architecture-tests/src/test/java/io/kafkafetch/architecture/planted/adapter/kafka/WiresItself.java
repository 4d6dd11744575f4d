package io.kafkafetch.architecture.planted.adapter.kafka;

import dagger.Module;

/** Breaks a rule on purpose. */
@Module
interface WiresItself {}
