package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects everything that is wrong with a request, so that a caller learns all of it at once. */
final class Violations {
  private final List<Violation> found = new ArrayList<>();

  void add(String field, String message) {
    found.add(new Violation(field, message));
  }

  void add(String field, Optional<String> message) {
    message.ifPresent(said -> add(field, said));
  }

  void addAll(String path, List<Violation> violations) {
    violations.forEach(violation -> found.add(violation.within(path)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Refuses the request when anything was found. */
  void refuseIfAny() {
    if (!found.isEmpty()) {
      throw new Refusal.Invalid(found);
    }
  }
}
