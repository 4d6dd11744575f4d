package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driven.SessionReader.Fetched;
import io.kafkafetch.application.driven.SessionReader.Span;
import io.kafkafetch.application.driving.Gap;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.domain.processor.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last answer of a session, so that a poll can be repeated when its answer was lost.
 *
 * <p>A token names an answer. A poll that carries the token of the last answer acknowledges it and
 * gets the next; the same token again means that the next was lost, and gets it again. Everything
 * else is stale. Tokens hold the session's mark, so that one of another session is no token here,
 * and the reader's era, so that none outlives a seek or a lost partition.
 *
 * <p>Belongs to whoever polls, and one polls at a time.
 */
final class AnswerLedger {
  private final String mark;
  private long sequence;
  private @Nullable Given last;
  private boolean acknowledged;

  /** A ledger without an answer, for the session of that mark. */
  AnswerLedger(String mark) {
    this.mark = mark;
  }

  /**
   * An answer that was given.
   *
   * @param token names it
   * @param askedWith the token of the poll that it answered; empty when it carried none
   * @param held its records, when they are still at hand
   */
  record Given(
      String token,
      Optional<String> askedWith,
      long era,
      List<Span> spans,
      long bytes,
      Map<PartitionId, Long> positions,
      Optional<Map<String, List<Integer>>> assignment,
      List<Gap> gaps,
      Optional<List<RecordBatch>> held) {}

  /** What a poll wants. */
  sealed interface Wish {
    /** Whatever comes next; it acknowledges nothing. */
    record Anything() implements Wish {}

    /**
     * What comes next in that era.
     *
     * @param acknowledges whether it acknowledges the last answer
     */
    record Next(long era, boolean acknowledges) implements Wish {}

    /** The last answer once more. */
    record Again(Given answer) implements Wish {}

    /** Nothing that can be had: the token is old, or none of ours. */
    record Stale() implements Wish {}
  }

  /** What a poll with that token wants. */
  Wish read(Optional<String> token) {
    if (token.isEmpty()) {
      return new Wish.Anything();
    }
    var text = token.get();
    if (last != null && last.token.equals(text)) {
      return new Wish.Next(last.era, true);
    }
    if (last != null && !acknowledged && last.askedWith.equals(token)) {
      return new Wish.Again(last);
    }
    long begun = beginning(text);
    return begun >= 0 && (last == null || last.era < begun)
        ? new Wish.Next(begun, false)
        : new Wish.Stale();
  }

  /** The last answer has arrived: it will not be asked for again. */
  void acknowledge() {
    acknowledged = true;
    if (last != null) {
      last =
          new Given(
              last.token,
              last.askedWith,
              last.era,
              last.spans,
              last.bytes,
              last.positions,
              last.assignment,
              last.gaps,
              Optional.empty());
    }
  }

  /**
   * Notes an answer.
   *
   * @param hold whether its records are kept at hand
   * @return its token; an answer without records has none of its own, since nothing in it is lost
   */
  String answered(Optional<String> askedWith, Fetched fetched, boolean hold) {
    if (fetched.batches().isEmpty()) {
      return last != null && last.era == fetched.era() ? last.token : begin(fetched.era());
    }
    sequence++;
    acknowledged = false;
    last =
        new Given(
            mark + "-" + fetched.era() + "-" + sequence,
            askedWith,
            fetched.era(),
            fetched.batches().stream().map(Span::of).toList(),
            fetched.bytes(),
            fetched.positions(),
            fetched.assignment(),
            fetched.gaps(),
            hold ? Optional.of(fetched.batches()) : Optional.empty());
    return last.token;
  }

  /** The token of an era in which nothing was answered yet. */
  String begin(long era) {
    return mark + "-" + era + "-0";
  }

  /** The era that a token begins; negative when it is no such token. */
  private long beginning(String token) {
    var prefix = mark + "-";
    if (!token.startsWith(prefix) || !token.endsWith("-0") || token.length() > mark.length() + 22) {
      return -1;
    }
    var digits = token.substring(prefix.length(), Math.max(prefix.length(), token.length() - 2));
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }
}
