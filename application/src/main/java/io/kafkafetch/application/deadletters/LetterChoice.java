package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driving.RedriveDraft;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which letters somebody chose, and which processor each of them goes to. */
final class LetterChoice {
  /** A letter that was given up so often is passed over unless somebody says otherwise. */
  static final int DEFAULT_MAX_ATTEMPTS = 5;

  private static final int MOST_ATTEMPTS = 1_000;
  private static final int MOST_OFFSETS = 10_000;
  private static final long HIGHEST_RATE = 100_000;

  private final RedriveDraft draft;
  private final List<ProcessorSpec> processors;
  private final Optional<ProcessorSpec> named;
  private final Optional<Set<Long>> offsets;

  /**
   * A choice among the letters of a consumer.
   *
   * @throws io.kafkafetch.application.driving.Refusal.Invalid naming every field that is wrong
   */
  LetterChoice(RedriveDraft draft, ConsumerSpec spec) {
    this.draft = draft;
    processors = spec.processors();
    var violations = Violations.after(draft.misread());
    checkNumbers(draft, violations);
    named = draft.toProcessor().flatMap(id -> named(id, violations));
    violations.refuseIfAny();
    offsets = draft.offsets().map(Set::copyOf);
  }

  private static void checkNumbers(RedriveDraft draft, Violations violations) {
    draft
        .offsets()
        .filter(all ->
            all.isEmpty() || all.size() > MOST_OFFSETS || all.stream().anyMatch(it -> it < 0))
        .ifPresent(_ ->
            violations.add("offsets", "must be 1 to " + MOST_OFFSETS + " whole numbers from 0"));
    draft
        .ratePerSecond()
        .ifPresent(rate -> {
          if (rate < 1 || rate > HIGHEST_RATE) {
            violations.add("rate_per_second", "must be a whole number from 1 to " + HIGHEST_RATE);
          }
        });
    draft
        .maxAttempts()
        .ifPresent(attempts -> {
          if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            violations.add("max_attempts", "must be a whole number from 1 to " + MOST_ATTEMPTS);
          }
        });
  }

  private Optional<ProcessorSpec> named(String id, Violations violations) {
    var found = processors.stream().filter(it -> it.id().toString().equals(id)).findFirst();
    if (found.isEmpty()) {
      violations.add(
          "to_processor",
          "must be the id of a processor of this consumer: "
              + String.join(", ", processors.stream().map(it -> it.id().toString()).toList()));
    }
    return found;
  }

  /** What becomes of a letter. */
  sealed interface Fate {
    /** It is given to that processor. */
    record Give(ProcessorSpec to) implements Fate {}

    /** It was not chosen. */
    record NotChosen() implements Fate {}

    /** An earlier redrive has dealt with it. */
    record AlreadyRedriven() implements Fate {}

    /** It was given up too often. */
    record AttemptsUsedUp(String remark) implements Fate {}

    /** Nobody knows which processor it is for. */
    record WithoutProcessor(String remark) implements Fate {}
  }

  Fate of(StoredLetter letter) {
    if (!isChosen(letter)) {
      return new Fate.NotChosen();
    }
    if (letter.settled().isPresent()) {
      return new Fate.AlreadyRedriven();
    }
    int most = draft.maxAttempts().orElse(DEFAULT_MAX_ATTEMPTS);
    if (letter.attempt() >= most) {
      return new Fate.AttemptsUsedUp(
          "Letter "
              + letter.place()
              + " was given up "
              + letter.attempt()
              + " times, and max_attempts is "
              + most);
    }
    return processorFor(letter)
        .<Fate>map(Fate.Give::new)
        .orElseGet(() ->
            new Fate.WithoutProcessor(
                "Letter "
                    + letter.place()
                    + " was refused by processor "
                    + letter.processorId()
                    + " ("
                    + letter.processorType()
                    + "), which is gone; name another one in to_processor"));
  }

  private boolean isChosen(StoredLetter letter) {
    return offsets.map(all -> all.contains(letter.place().offset())).orElse(true)
        && draft
            .processor()
            .map(it -> it.equals(letter.processorId()) || it.equals(letter.processorType()))
            .orElse(true)
        && (draft.partition().isEmpty()
            || draft.partition().getAsInt() == letter.source().partition())
        && draft.since().map(it -> !letter.at().isBefore(it)).orElse(true)
        && draft.until().map(letter.at()::isBefore).orElse(true);
  }

  /**
   * The one that refused it. A repair often changes its configuration, and with it its id; where
   * only one of its type is there, that must be it.
   */
  private Optional<ProcessorSpec> processorFor(StoredLetter letter) {
    var same =
        processors.stream()
            .filter(it -> it.id().toString().equals(letter.processorId()))
            .findFirst();
    if (same.isPresent()) {
      return same;
    }
    if (named.isPresent()) {
      return named;
    }
    var alike = processors.stream().filter(it -> it.type().equals(letter.processorType())).toList();
    return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
  }

  /** The part of a topic that can hold chosen letters. */
  SortedMap<Integer, LogRange> within(SortedMap<Integer, LogRange> partitions) {
    var chosen = new TreeMap<Integer, LogRange>();
    partitions.forEach((partition, range) -> {
      if (isPartition(partition)) {
        chosen.put(partition, within(range));
      }
    });
    return chosen;
  }

  private boolean isPartition(int partition) {
    if (draft.letterPartition().isPresent()) {
      return draft.letterPartition().getAsInt() == partition;
    }
    return offsets.isEmpty() || partition == 0;
  }

  private LogRange within(LogRange range) {
    return offsets
        .map(all ->
            new LogRange(
                Math.max(range.start(), Collections.min(all)),
                Math.min(range.end(), Collections.max(all) + 1)))
        .orElse(range);
  }
}
