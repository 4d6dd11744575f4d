package io.kafkafetch.benchmarks.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that a benchmark started, and what it has used. Ended when closed. */
public final class Child implements Usage, AutoCloseable {
  private static final long STOP_SECONDS = 20;

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts one that writes everything it says to its log. */
  public static Child logging(
      String name, List<String> command, Map<String, String> environment, Path folder)
      throws IOException {
    var log = folder.resolve(name + ".log");
    var builder = builder(command, environment, folder);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Child(name, builder.start(), log);
  }

  /** Starts one that is talked to; only its standard error goes to its log. */
  public static Child talking(String name, List<String> command, Path folder) throws IOException {
    var log = folder.resolve(name + ".log");
    var builder = builder(command, Map.of(), folder);
    builder.redirectError(log.toFile());
    return new Child(name, builder.start(), log);
  }

  private static ProcessBuilder builder(
      List<String> command, Map<String, String> environment, Path folder) throws IOException {
    Files.createDirectories(folder);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    // Whatever is set for the person who runs this must not change what is measured.
    builder.environment().keySet().removeIf(key -> !List.of("PATH", "HOME", "LANG").contains(key));
    builder.environment().putAll(environment);
    return builder;
  }

  /** What it says. */
  InputStream output() {
    return process.getInputStream();
  }

  /** What it hears. */
  OutputStream input() {
    return process.getOutputStream();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Everything that it said into its log. */
  public String said() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  /** Waits until it has ended by itself. */
  public void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Throws, with the end of its log, when it has ended. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      var said = said();
      throw new IOException(
          name
              + " ended with status "
              + process.exitValue()
              + ": "
              + said.substring(Math.max(0, said.length() - 2_000)));
    }
  }

  @Override
  public Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void forgetPeak() {
    var refs = Path.of("/proc", Long.toString(pid()), "clear_refs");
    if (Files.isWritable(refs)) {
      try {
        Files.writeString(refs, "5");
      } catch (IOException refused) {
        // Then the peak is that of its whole life, which is never too kind.
        return;
      }
    }
  }

  @Override
  public long peakBytes() {
    return status("VmHWM:");
  }

  /** The memory that is resident now, in bytes; 0 where the system does not say. */
  public long residentBytes() {
    return status("VmRSS:");
  }

  /** How many threads it has; 0 where the system does not say. */
  public long threads() {
    return status("Threads:") >> 10;
  }

  private long status(String field) {
    var status = Path.of("/proc", Long.toString(pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Ends it: in order, and by force when that takes too long. */
  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
