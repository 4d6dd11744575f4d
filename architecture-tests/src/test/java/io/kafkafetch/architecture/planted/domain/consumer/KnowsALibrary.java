package io.kafkafetch.architecture.planted.domain.consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks a rule on purpose. */
final class KnowsALibrary {
  Logger log() {
    return LoggerFactory.getLogger(KnowsALibrary.class);
  }
}
