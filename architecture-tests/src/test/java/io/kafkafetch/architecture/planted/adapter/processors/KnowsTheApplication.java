package io.kafkafetch.architecture.planted.adapter.processors;

import io.kafkafetch.architecture.planted.application.driven.Store;

/** Breaks a rule on purpose. */
interface KnowsTheApplication {
  Store store();
}
