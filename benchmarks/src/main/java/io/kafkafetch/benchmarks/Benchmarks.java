package io.kafkafetch.benchmarks;

import io.kafkafetch.benchmarks.question.Question;
import io.kafkafetch.benchmarks.question.Questions;
import io.kafkafetch.benchmarks.run.Machine;
import io.kafkafetch.benchmarks.run.Plots;
import io.kafkafetch.benchmarks.run.Progress;
import io.kafkafetch.benchmarks.run.RawResults;
import io.kafkafetch.benchmarks.run.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Answers questions about speed. */
public final class Benchmarks {
  private Benchmarks() {}

  /** A question, then options; {@code run.sh --help} lists them. */
  public static void main(String[] arguments) throws Exception {
    var asked = arguments.length == 0 ? "" : arguments[0];
    var rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    var root = Path.of(System.getProperty("benchmarks.root", ".")).toAbsolutePath().normalize();
    var results = root.resolve("benchmarks/results");
    try {
      switch (asked) {
        case "micro" -> org.openjdk.jmh.Main.main(rest.toArray(String[]::new));
        case "plots" -> Plots.draw(results, root.resolve("docs/plots"));
        default -> answer(asked, rest, root, results);
      }
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
    }
  }

  private static void answer(String asked, List<String> rest, Path root, Path results)
      throws Exception {
    var options = Options.parse(rest);
    var progress = new Progress(System.out);
    for (var question : Questions.named(asked)) {
      progress.say("%s: %s".formatted(question.name(), question.asks()));
      answer(question, options, progress, root, results);
    }
  }

  private static void answer(
      Question question, Options options, Progress progress, Path root, Path results)
      throws Exception {
    try (var bench = new Bench(root, question.name(), options, progress)) {
      var report = question.answer(bench);
      var table = Table.of(report);
      progress.print(table);
      var latest = root.resolve("benchmarks/target/results");
      RawResults.write(options.save() ? results : latest, report, Machine.description());
      Files.createDirectories(latest);
      Files.writeString(latest.resolve(question.name() + ".md"), table);
    }
  }
}
