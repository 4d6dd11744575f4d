package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driving.RedriveCounts;
import java.util.ArrayList;
import java.util.List;

/** What a redrive has counted so far, and what it has to say. Belongs to one thread. */
final class RedriveTally {
  private static final int MOST_REMARKS = 20;

  private final List<String> remarks = new ArrayList<>();
  private long letters;
  private long selected;
  private long delivered;
  private long deadLettered;
  private long alreadyRedriven;
  private long attemptsUsedUp;
  private long withoutProcessor;
  private long unreadable;
  private long retries;

  /** A letter that was looked at, with what becomes of it. */
  void looked(LetterChoice.Fate fate) {
    letters++;
    switch (fate) {
      case LetterChoice.Fate.Give _ -> selected++;
      case LetterChoice.Fate.NotChosen _ -> {}
      case LetterChoice.Fate.AlreadyRedriven _ -> alreadyRedriven++;
      case LetterChoice.Fate.AttemptsUsedUp(var remark) -> {
        attemptsUsedUp++;
        remark(remark);
      }
      case LetterChoice.Fate.WithoutProcessor(var remark) -> {
        withoutProcessor++;
        remark(remark);
      }
    }
  }

  void unreadable(List<String> why) {
    letters += why.size();
    unreadable += why.size();
    why.forEach(this::remark);
  }

  void delivered(int count) {
    delivered += count;
  }

  void deadLettered(int count) {
    deadLettered += count;
  }

  void retried() {
    retries++;
  }

  private void remark(String text) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(text);
    }
  }

  RedriveCounts counts() {
    return new RedriveCounts(
        letters,
        selected,
        delivered,
        deadLettered,
        alreadyRedriven,
        attemptsUsedUp,
        withoutProcessor,
        unreadable,
        retries);
  }

  List<String> remarks() {
    return List.copyOf(remarks);
  }
}
