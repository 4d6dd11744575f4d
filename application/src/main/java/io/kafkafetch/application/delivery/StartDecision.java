package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.Progress;
import java.util.List;
import java.util.Optional;

/**
 * Where each processor begins in a partition, and under which replay generation: replays are told
 * apart from duplicates here.
 *
 * @param generation what is committed with every offset from now on
 * @param starts the first offset for each processor, in their order
 */
record StartDecision(long generation, List<Long> starts) {
  StartDecision {
    starts = List.copyOf(starts);
  }

  /**
   * Decides from what the group committed and what the sinks remember.
   *
   * @param base the committed offset, or the one that the reset policy names
   * @param mark who committed it
   * @param remembered what each sink remembers, in their order
   */
  static StartDecision of(long base, CommitMark mark, List<Optional<Progress>> remembered) {
    long newest =
        remembered.stream()
            .flatMap(Optional::stream)
            .mapToLong(Progress::generation)
            .max()
            .orElse(0);
    return switch (mark) {
      case CommitMark.Foreign _ -> overriding(base, newest + 1, remembered.size());
      case CommitMark.Moved moved ->
          overriding(base, Math.max(newest + 1, moved.generation()), remembered.size());
      // A sink that knows a newer generation than the group: older offsets were put back on
      // purpose.
      case CommitMark.Ours ours when newest > ours.generation() ->
          overriding(base, newest + 1, remembered.size());
      case CommitMark.Ours ours -> continuing(base, ours.generation(), remembered);
      case CommitMark.Undecided _ -> continuing(base, newest, remembered);
    };
  }

  private static StartDecision overriding(long base, long generation, int processors) {
    return new StartDecision(generation, java.util.Collections.nCopies(processors, base));
  }

  private static StartDecision continuing(
      long base, long generation, List<Optional<Progress>> remembered) {
    return new StartDecision(
        generation,
        remembered.stream()
            .map(progress ->
                progress
                    .filter(known -> known.generation() == generation)
                    .map(known -> Math.max(base, known.nextOffset()))
                    .orElse(base))
            .toList());
  }

  /** The first offset that any processor needs; {@code base} where there is none. */
  long position(long base) {
    return starts.stream().mapToLong(Long::longValue).min().orElse(base);
  }
}
