package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import java.util.ArrayList;
import java.util.List;

/** Letters that were given to a processor since its last flush. Belongs to one thread. */
final class UnsafeLetters {
  /** So many letters, or bytes of them, are given between two flushes. */
  private static final int MOST = 100;

  private static final long MOST_BYTES = 4 << 20;

  private final List<Given> letters = new ArrayList<>();
  private long bytes;

  /** A letter and whom it goes to. */
  record Given(StoredLetter letter, ProcessorSpec to) {}

  void add(Given given) {
    letters.add(given);
    bytes += new OriginalRecord(given.letter()).sizeInBytes();
  }

  boolean isFull() {
    return letters.size() >= MOST || bytes >= MOST_BYTES;
  }

  /** All of them, which are forgotten here. */
  List<Given> take() {
    var all = List.copyOf(letters);
    letters.clear();
    bytes = 0;
    return all;
  }
}
