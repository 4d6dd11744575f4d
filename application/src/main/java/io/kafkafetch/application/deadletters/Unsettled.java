package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.DeadLetterPlace;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a redrive has dealt with and not yet written down. Belongs to one thread. */
final class Unsettled {
  /** So many letters, or bytes of them, are given between two flushes. */
  private static final int MOST_LETTERS = 100;

  private static final long MOST_BYTES = 4 << 20;

  private final InstantSource clock;

  /** Given since the last flush. */
  private final List<Given> unsafe = new ArrayList<>();

  private final Map<DeadLetterPlace, Settlement> settlements = new LinkedHashMap<>();
  private long bytes;

  /** A letter and the processor that it goes to. */
  record Given(StoredLetter letter, ProcessorSpec to) {}

  Unsettled(InstantSource clock) {
    this.clock = clock;
  }

  /** Its processor took it, and may still lose it. */
  void taken(Given given) {
    unsafe.add(given);
    bytes += new OriginalRecord(given.letter()).sizeInBytes();
  }

  boolean isMuch() {
    return unsafe.size() >= MOST_LETTERS || bytes >= MOST_BYTES;
  }

  /** A new letter of it is acknowledged. */
  void deadLettered(StoredLetter letter) {
    settlements.put(letter.place(), settlement(Settlement.Outcome.DEAD_LETTERED));
  }

  /**
   * What was taken is safe.
   *
   * @return how many
   */
  int safe() {
    int count = unsafe.size();
    unsafe.forEach(
        given -> settlements.put(given.letter().place(), settlement(Settlement.Outcome.DELIVERED)));
    lost();
    return count;
  }

  /** What was taken is lost: all of it is to be given again. */
  List<Given> lost() {
    var all = List.copyOf(unsafe);
    unsafe.clear();
    bytes = 0;
    return all;
  }

  /** What is to be written down. */
  Map<DeadLetterPlace, Settlement> settlements() {
    return settlements;
  }

  private Settlement settlement(Settlement.Outcome outcome) {
    return new Settlement(outcome, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
