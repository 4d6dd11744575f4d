package io.kafkafetch.benchmarks.run;

import java.io.PrintStream;
import java.util.Locale;

/** Tells whoever waits how far it is. */
public final class Progress {
  private final PrintStream out;
  private final long begun = System.nanoTime();

  /** Writes there. */
  public Progress(PrintStream out) {
    this.out = out;
  }

  /** One line, with the seconds since the start before it. */
  public void say(String text) {
    var seconds = String.format(Locale.ROOT, "%5.0f s  ", (System.nanoTime() - begun) / 1e9);
    out.println(seconds + text);
    out.flush();
  }

  /** Lines as they are. */
  public void print(String text) {
    out.print(text);
    out.flush();
  }
}
