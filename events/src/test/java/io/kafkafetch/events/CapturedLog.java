package io.kafkafetch.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a class logs to the console while this is open, one element per line of output. */
final class CapturedLog implements AutoCloseable {
  private final PrintStream console = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final String source;

  CapturedLog(Class<?> source) {
    this.source = "." + source.getSimpleName() + " - ";
    System.setOut(new PrintStream(bytes, true, UTF_8));
  }

  /** The messages, without what is before and after them. */
  List<String> lines() {
    return bytes
        .toString(UTF_8)
        .lines()
        .filter(line -> line.contains(source))
        .map(line -> line.substring(line.indexOf(source) + source.length()))
        .toList();
  }

  /** Everything, stack traces and other sources included. */
  String text() {
    return bytes.toString(UTF_8);
  }

  @Override
  public void close() {
    System.setOut(console);
    console.print(text());
  }
}
