package io.kafkafetch.adapter.http.metrics;

import io.kafkafetch.application.driving.ConsumerInsight.Counts;
import io.kafkafetch.application.driving.ConsumerInsight.Wellness;
import io.kafkafetch.application.driving.ServerActivity.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives so many consumers labels of their own, and counts all others together as one. Who has
 * labels keeps them as long as it runs here, and no counter ever goes back, whoever comes or goes.
 * Safe for any thread.
 */
final class LabelledRuns {
  /** What Prometheus takes from one target without trouble: some 20 series for each. */
  static final int MAX = 1_000;

  /** The id of all those without labels; no consumer's, since those are UUIDs. */
  static final String OTHERS = "other";

  /** As many as the server remembers the counts of. */
  private static final int REMEMBERED = 10_000;

  private final int max;
  private final Set<String> labelled = new HashSet<>();

  /**
   * What each had counted when it was last looked at, gone ones included: whoever comes back as one
   * of the others counts from there.
   */
  private final Map<String, Counts> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counts> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** All that the others ever counted, those included that are gone: a counter never goes back. */
  private Counts total = Counts.ZERO;

  LabelledRuns(int max) {
    this.max = max;
  }

  /** A consumer with labels of its own, or all others together. */
  record Labelled(
      String consumer,
      String topic,
      String group,
      Counts counts,
      long lag,
      Optional<Instant> lastProgressAt,
      Map<Wellness, Integer> healths) {
    private static Labelled of(Run run) {
      return new Labelled(
          run.id(),
          run.topic(),
          run.group(),
          run.counts(),
          run.lag(),
          run.lastProgressAt(),
          Map.of(run.wellness(), 1));
    }
  }

  synchronized List<Labelled> of(List<Run> runs) {
    labelled.retainAll(runs.stream().map(Run::id).collect(Collectors.toSet()));
    var all = new ArrayList<Labelled>();
    var others = new ArrayList<Run>();
    for (var run : runs.stream().sorted(Comparator.comparing(Run::id)).toList()) {
      if (labelled.contains(run.id()) || labelled.size() < max) {
        labelled.add(run.id());
        all.add(Labelled.of(run));
      } else {
        others.add(run);
        total = total.plus(run.counts().since(last.getOrDefault(run.id(), Counts.ZERO)));
      }
      last.put(run.id(), run.counts());
    }
    if (!others.isEmpty() || !total.equals(Counts.ZERO)) {
      all.add(together(others));
    }
    return all;
  }

  private Labelled together(List<Run> others) {
    var healths = new EnumMap<Wellness, Integer>(Wellness.class);
    others.forEach(run -> healths.merge(run.wellness(), 1, Integer::sum));
    return new Labelled(
        OTHERS,
        "",
        "",
        total,
        others.stream().mapToLong(Run::lag).sum(),
        others.stream()
            .flatMap(run -> run.lastProgressAt().stream())
            .max(Comparator.naturalOrder()),
        healths);
  }
}
