package io.kafkafetch.architecture.planted.application.driven;

import io.kafkafetch.architecture.planted.application.fleet.Reconciler;

/** Breaks a rule on purpose. */
interface KnowsTheFleet {
  Reconciler reconciler();
}
