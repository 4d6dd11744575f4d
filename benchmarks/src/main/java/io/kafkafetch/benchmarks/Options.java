package io.kafkafetch.benchmarks;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line asks for.
 *
 * @param quick fewer records and rounds
 * @param rounds rounds that count
 * @param records how many records the topic has, where something else than the question's own
 *     number is wanted
 * @param profile whether to record what this server does
 * @param save whether to keep the raw results
 */
public record Options(
    boolean quick, int rounds, OptionalInt records, boolean profile, boolean save) {
  private static final int ROUNDS = 5;
  private static final int QUICK_ROUNDS = 2;

  /**
   * Reads the arguments after the question.
   *
   * @throws IllegalArgumentException with a sentence, for one that is not known
   */
  static Options parse(List<String> arguments) {
    boolean quick = arguments.contains("--quick");
    boolean profile = false;
    boolean save = false;
    int rounds = quick ? QUICK_ROUNDS : ROUNDS;
    var records = OptionalInt.empty();
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--quick" -> {}
        case "--profile" -> profile = true;
        case "--save" -> save = true;
        case "--rounds" -> rounds = number(arguments, ++i);
        case "--records" -> records = OptionalInt.of(number(arguments, ++i));
        default ->
            throw new IllegalArgumentException(
                "Unknown option " + arguments.get(i) + "; --help lists those that there are");
      }
    }
    return new Options(quick, rounds, records, profile, save);
  }

  private static int number(List<String> arguments, int index) {
    var text = index < arguments.size() ? arguments.get(index) : "";
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          arguments.get(index - 1) + " takes a number from 1 to 999999999, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  /** How many records to load: what was asked for, or the question's own number. */
  public int records(int whole, int few) {
    return records.orElse(quick ? few : whole);
  }
}
