package io.kafkafetch.adapter.http.json;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is found wrong while a request is read, so that its sender hears of all at once. */
public final class Violations {
  private static final int MAX = 100;
  private final List<Violation> found = new ArrayList<>();

  /** Notes what is wrong with a field; beyond the first 100 nobody reads on. */
  public void add(String field, String message) {
    if (found.size() < MAX) {
      found.add(new Violation(field, message));
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found so far. */
  public List<Violation> found() {
    return List.copyOf(found);
  }

  /**
   * Ends the request here when anything is wrong.
   *
   * @throws Refusal.Invalid naming all of it
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new Refusal.Invalid(found);
    }
  }
}
