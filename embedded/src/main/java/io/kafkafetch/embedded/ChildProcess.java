package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running child in a session of its own, so that the terminal's Ctrl-C, which signals the whole
 * process group, does not reach it: the parent stops its children when it has no more use for them.
 */
final class ChildProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final long LOG_LIMIT = 4L * 1024 * 1024;
  private static final long POLL_MILLIS = 10;

  private final String name;
  private final Process process;
  private final ChildLog log;

  private ChildProcess(String name, Process process, ChildLog log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a child.
   *
   * @param name what to call it in messages
   * @param command program and arguments; no shell is involved
   * @param folder where it works, and where its log is written
   * @param logFile the name of the file that receives everything the child prints
   * @param readyLine the line after which {@link #printedReady()} is true
   */
  static ChildProcess start(
      String name, List<String> command, Path folder, String logFile, String readyLine) {
    var builder =
        new ProcessBuilder(OwnSession.command(command))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(ChildProcess::wouldChangeTheChild);
    try {
      var process = builder.start();
      var log =
          ChildLog.copying(process.getInputStream(), folder.resolve(logFile), LOG_LIMIT, readyLine);
      return new ChildProcess(name, process, log);
    } catch (IOException e) {
      throw new EmbeddedException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private static boolean wouldChangeTheChild(String variable) {
    return variable.startsWith("PG")
        || variable.startsWith("KAFKA_")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.equals("_JAVA_OPTIONS")
        || variable.equals("CLASSPATH")
        || variable.equals("LD_LIBRARY_PATH");
  }

  boolean printedReady() {
    return log.marked();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits until the child is ready; otherwise ends it and says why, with its last log lines. */
  void awaitReady(Predicate<ChildProcess> ready, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!ready.test(this)) {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw failed("ended with status " + process.exitValue() + " before it was ready");
        }
        if (System.nanoTime() > deadline) {
          kill();
          throw failed("was not ready within " + limit.toSeconds() + " s");
        }
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Interrupted while " + name + " was starting", e);
    }
  }

  /** Waits until the child has done its work and ended well; otherwise says why it did not. */
  void awaitSuccess(Duration limit) {
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        kill();
        throw failed("did not end within " + limit.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failed("ended with status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new EmbeddedException("Interrupted while " + name + " was running", e);
    }
  }

  private EmbeddedException failed(String what) throws InterruptedException {
    var tail = log.tailAtEnd();
    var complaint = log.complaint();
    return new EmbeddedException(
        name
            + " "
            + what
            + (complaint.isEmpty() ? "" : ": " + complaint)
            + "; its last lines:\n"
            + tail);
  }

  /** Asks the child to end with {@code signal}, and kills it when it has not within the limit. */
  void stop(Runnable signal, Duration limit) {
    if (process.isAlive()) {
      try {
        signal.run();
      } catch (EmbeddedException e) {
        // It may have ended at this very moment; if it has not, the kill below is what is left.
        LOG.info("{} was not signalled: {}", name, e.sentence());
      }
      if (!awaitExit(limit)) {
        kill();
      }
    }
  }

  /** SIGTERM. */
  void terminate() {
    // Through the handle: Process.destroy() also closes the pipes, and the last lines would be
    // lost.
    process.toHandle().destroy();
  }

  /** SIGKILL for the child and whatever it has started. */
  void kill() {
    var descendants = process.descendants().toList();
    process.toHandle().destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    if (!awaitExit(Duration.ofSeconds(10))) {
      throw new EmbeddedException(name + " (process " + pid() + ") does not end after SIGKILL");
    }
    descendants.forEach(Orphan::awaitEnd);
  }

  private boolean awaitExit(Duration limit) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          // A stop is bounded anyway, and a child left behind would be worse than a late interrupt.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
