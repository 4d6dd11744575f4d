package io.kafkafetch.application.driving;

import java.util.List;
import java.util.OptionalLong;

/**
 * Trying whether a consumer would work, without making or changing anything. Takes some 10 s at
 * most.
 */
public interface ConsumerTrial {
  /**
   * Whether a consumer like that could be made, and would run. Wrong values are findings.
   *
   * @throws Refusal.Invalid when some of the draft could not even be read, naming that and every
   *     wrong value
   */
  Findings ofNew(ConsumerDraft draft);

  /**
   * Whether a consumer could be changed like that, and would run.
   *
   * @throws Refusal.Invalid as above
   * @throws Refusal.NotFound when there is no such consumer
   * @throws Refusal.StaleRevision when {@code expectedRevision} is not the current one
   */
  Findings ofChange(String id, ConsumerDraft draft, OptionalLong expectedRevision);

  /** What was found out. */
  record Findings(List<Check> checks) {
    public Findings {
      checks = List.copyOf(checks);
    }

    /** Whether nothing speaks against it. */
    public boolean isValid() {
      return checks.stream().allMatch(Check::ok);
    }
  }

  /**
   * One thing that was looked at.
   *
   * @param name what, such as {@code broker} or {@code processor_configs[0].writable}
   * @param detail a sentence: what was found, and what to do when it is not well
   */
  record Check(String name, boolean ok, String detail) {}
}
