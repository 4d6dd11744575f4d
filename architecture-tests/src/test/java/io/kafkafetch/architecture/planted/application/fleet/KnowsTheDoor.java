package io.kafkafetch.architecture.planted.application.fleet;

import io.kafkafetch.architecture.planted.application.Application;

/** Breaks a rule on purpose. */
interface KnowsTheDoor {
  Application application();
}
