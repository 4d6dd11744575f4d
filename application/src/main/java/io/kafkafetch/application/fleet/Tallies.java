package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.MemberReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tallies of the consumers that ran here of late. Safe for any thread. */
final class Tallies {
  /** Beyond it the one that was looked at least recently begins anew. */
  private static final int MAX = 10_000;

  private final Map<ConsumerId, Tally> tallies =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConsumerId, Tally> eldest) {
          return size() > MAX;
        }
      };

  /** A member has gone for good. */
  synchronized void gone(ConsumerId consumer, MemberReport last) {
    of(consumer).gone(last);
  }

  /**
   * A report with everything that was counted here.
   *
   * @param leaving members that are on their way out, and still count
   */
  synchronized RunReport complete(
      RunReport report, Collection<MemberReport> present, Collection<MemberReport> leaving) {
    var tally = of(report.consumer());
    var all = new ArrayList<>(present);
    all.addAll(leaving);
    var counts = tally.counts(all);
    return report.counting(
        counts,
        tally.processors(report.processors(), leaving),
        tally.look(counts, report.reportedAt()));
  }

  /** What members of a consumer have counted here, whether any is left or not. */
  synchronized RunCounts counts(ConsumerId consumer) {
    var tally = tallies.get(consumer);
    return tally == null ? RunCounts.ZERO : tally.last();
  }

  private Tally of(ConsumerId consumer) {
    return tallies.computeIfAbsent(consumer, _ -> new Tally());
  }
}
