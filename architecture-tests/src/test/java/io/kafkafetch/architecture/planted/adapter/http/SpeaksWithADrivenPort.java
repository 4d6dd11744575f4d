package io.kafkafetch.architecture.planted.adapter.http;

import io.kafkafetch.architecture.planted.application.driven.Store;

/** Breaks a rule on purpose. */
interface SpeaksWithADrivenPort {
  Store store();
}
