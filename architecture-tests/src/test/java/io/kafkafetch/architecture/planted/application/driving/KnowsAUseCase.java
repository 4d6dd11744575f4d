package io.kafkafetch.architecture.planted.application.driving;

import io.kafkafetch.architecture.planted.application.management.Creating;

/** Breaks a rule on purpose. */
interface KnowsAUseCase {
  Creating creating();
}
