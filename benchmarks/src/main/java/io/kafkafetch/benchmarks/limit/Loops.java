package io.kafkafetch.benchmarks.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.benchmarks.load.Clients;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Locale;

/** Runs the loop that a line on standard input names, and answers with its figure. */
public final class Loops {
  private Loops() {}

  /** Goes on until the input ends. */
  public static void main(String[] none) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (var line = input.readLine(); line != null; line = input.readLine()) {
      var words = List.of(line.split(" "));
      double figure =
          switch (words.getFirst()) {
            case "file" -> FileLoop.run(words.subList(1, words.size()));
            case "copy" -> CopyLoop.run(words.subList(1, words.size()));
            case "discard" -> DiscardLoop.run(words.subList(1, words.size()));
            case "produce" -> ProduceLoop.run(words.subList(1, words.size()));
            case "tail" -> TailLoop.run(words.subList(1, words.size()));
            case "nothing" -> NoOpServer.start();
            case "endpoint" -> Endpoint.start();
            case "received" -> Endpoint.rate(words.subList(1, words.size()));
            case "single" -> Clients.single(words.subList(1, words.size()));
            case "batch" -> Clients.batch(words.subList(1, words.size()));
            case "ndjson" -> Clients.ndjson(words.subList(1, words.size()));
            case "session" -> Clients.session(words.subList(1, words.size()));
            default -> throw new IllegalArgumentException("No loop is called " + line);
          };
      System.out.println(String.format(Locale.ROOT, "%.4f", figure));
      System.out.flush();
    }
  }
}
