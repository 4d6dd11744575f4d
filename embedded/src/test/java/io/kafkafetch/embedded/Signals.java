package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

/** Signals that Java cannot send. */
final class Signals {
  private Signals() {}

  /** Sends a signal to a process, or to a process group when {@code pid} is negative. */
  static void send(String signal, long pid) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + signal, "--", Long.toString(pid)).inheritIO();
    assertEquals(0, kill.start().waitFor());
  }
}
