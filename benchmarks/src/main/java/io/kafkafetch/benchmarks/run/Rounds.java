package io.kafkafetch.benchmarks.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets all contestants work in turn, round after round, so that what the machine does meanwhile
 * meets all of them. The first round warms up and does not count.
 */
public final class Rounds {
  private final Progress progress;
  private final int rounds;

  /** That many rounds that count. */
  public Rounds(Progress progress, int rounds) {
    this.progress = progress;
    this.rounds = rounds;
  }

  /** Runs them; the answer is in the order of the contestants. */
  public List<Series> run(List<Contestant> contestants) throws Exception {
    Map<Contestant, List<Measure>> measures = new LinkedHashMap<>();
    contestants.forEach(contestant -> measures.put(contestant, new ArrayList<>()));
    for (int round = 0; round <= rounds; round++) {
      var order = new ArrayList<>(contestants);
      // Who goes first has the cleaner page cache, so everybody does once.
      Collections.rotate(order, -round);
      for (var contestant : order) {
        var measure = measure(contestant, round);
        if (round > 0) {
          measures.computeIfAbsent(contestant, _ -> new ArrayList<>()).add(measure);
        }
        progress.say(
            "  %s %-44s %14s %s"
                .formatted(
                    round == 0 ? "warm-up  " : "round " + round + "/" + rounds,
                    contestant.name(),
                    Figures.of(measure.value()),
                    contestant.unit()));
      }
    }
    return measures.entrySet().stream()
        .map(entry -> series(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Series series(Contestant contestant, List<Measure> measures) {
    return new Series(
        contestant.name(), contestant.role(), contestant.unit(), List.copyOf(measures));
  }

  private static Measure measure(Contestant contestant, int round) throws Exception {
    var process = contestant.process();
    process.forgetPeak();
    var before = process.cpu();
    double value = contestant.pass().run(round);
    var used = process.cpu().minus(before);
    return new Measure(value, used.toMillis() / 1e3, process.peakBytes());
  }
}
