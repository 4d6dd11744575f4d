package io.kafkafetch.benchmarks.question;

import java.util.List;
import java.util.stream.Collectors;

/** All that can be asked. */
public final class Questions {
  private static final List<Question> ALL =
      List.of(
          new FileSink(),
          new DatabaseSink(),
          new Forwarder(),
          new HttpProduce(),
          new HttpConsume(),
          new Latency(),
          new Density(),
          new Management(),
          new Start());

  private Questions() {}

  /**
   * The question of that name, or every one.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static List<Question> named(String name) {
    if (name.equals("all")) {
      return ALL;
    }
    var found = ALL.stream().filter(question -> question.name().equals(name)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No question is called '"
              + name
              + "': ask "
              + ALL.stream().map(Question::name).collect(Collectors.joining(", "))
              + " or all");
    }
    return found;
  }
}
