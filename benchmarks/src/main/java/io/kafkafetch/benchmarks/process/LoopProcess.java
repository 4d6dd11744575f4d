package io.kafkafetch.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.benchmarks.limit.Loops;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** A process that runs bare loops when told to, and stays warm between them. */
public final class LoopProcess implements AutoCloseable {
  private final Child child;
  private final PrintStream input;
  private final BufferedReader output;

  private LoopProcess(Child child) {
    this.child = child;
    this.input = new PrintStream(child.input(), true, UTF_8);
    this.output = new BufferedReader(new InputStreamReader(child.output(), UTF_8));
  }

  /** Starts one. */
  public static LoopProcess start(String name, List<String> jvm, Path work) throws IOException {
    return new LoopProcess(Child.talking(name, JavaCommand.ofThisModule(jvm, Loops.class), work));
  }

  /** Its process. */
  public Child child() {
    return child;
  }

  /**
   * Runs a loop to its end.
   *
   * @param words its name and its arguments, none with a blank
   * @return what it says at its end
   */
  public double run(String... words) throws IOException {
    tell(words);
    return hear();
  }

  /** Begins a loop without waiting for its end; {@link #hear} waits. */
  public void tell(String... words) {
    input.println(String.join(" ", words));
  }

  /** What the loop says at its end. */
  public double hear() throws IOException {
    var line = output.readLine();
    if (line == null) {
      child.requireAlive();
      throw new IOException("The loop said nothing: " + child.said());
    }
    return Double.parseDouble(line);
  }

  @Override
  public void close() {
    child.close();
  }
}
