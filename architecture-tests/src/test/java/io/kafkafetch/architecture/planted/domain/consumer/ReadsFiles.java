package io.kafkafetch.architecture.planted.domain.consumer;

import java.nio.file.Path;

/** Breaks a rule on purpose. */
final class ReadsFiles {
  Path file() {
    return Path.of("");
  }
}
