package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;

/** Signals that Java cannot send. */
final class Signals {
  private Signals() {}

  /** Sends a signal to a process, or to a process group when {@code pid} is negative. */
  static void send(String signal, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, "--", Long.toString(pid)).inheritIO();
    assertEquals(0, kill.start().waitFor());
  }

  /**
   * What to put before a command so that it heeds a signal that this process may have been told to
   * ignore, as a shell does to what it runs in the background; nothing where there is no such tool.
   */
  static List<String> heeding(String signal) throws IOException, InterruptedException {
    var env = List.of("env", "--default-signal=" + signal);
    var probe = new ProcessBuilder(env.getFirst(), env.getLast(), "true");
    probe.redirectError(ProcessBuilder.Redirect.DISCARD);
    return probe.start().waitFor() == 0 ? env : List.of();
  }
}
