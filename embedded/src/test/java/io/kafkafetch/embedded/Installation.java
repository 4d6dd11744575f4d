package io.kafkafetch.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that runs both embedded servers on a data folder, as the server does. On
 * SIGINT and SIGTERM it waits for one line of input before it closes them.
 */
final class Installation implements AutoCloseable {
  /** Outlives the tests, so that programs are unpacked once. */
  static final Path CACHE =
      Path.of(System.getProperty("user.home"), ".cache", "kafka-fetch-server");

  private final Process process;
  private final BufferedReader output;
  private final String[] started;

  private Installation(Process process) throws IOException {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var printed = new ArrayList<String>();
    String line = output.readLine();
    while (line != null && !line.startsWith("started ")) {
      printed.add(line);
      line = output.readLine();
    }
    if (line == null) {
      throw new AssertionError("Not started: " + printed);
    }
    started = line.split(" ", -1);
  }

  /** Starts it in a process group of its own, from exploded classes. */
  static Installation in(Path dataDir) throws IOException, InterruptedException {
    var path =
        Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
            .filter(part -> part != null && !part.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    var testClasses = Installation.class.getProtectionDomain().getCodeSource().getLocation();
    return in(dataDir, testClasses.getPath() + File.pathSeparator + path);
  }

  static Installation in(Path dataDir, String classPath) throws IOException, InterruptedException {
    var program = new ArrayList<>(Signals.heeding("INT"));
    program.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            classPath,
            Installation.class.getName(),
            dataDir.toString()));
    var command = OwnSession.command(program);
    return new Installation(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public static void main(String[] arguments) {
    var folder = Path.of(arguments[0]);
    var starting =
        CompletableFuture.supplyAsync(
            () -> EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder).withCacheDir(CACHE)));
    var postgreSql =
        EmbeddedPostgreSql.start(EmbeddedPostgreSqlSettings.in(folder).withCacheDir(CACHE));
    var kafka = starting.join();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              System.out.println("stopping");
              readLine();
              kafka.close();
              postgreSql.close();
              System.out.println("closed");
            }));
    System.out.printf(
        "started %d %d %d %d%n", kafka.pid(), kafka.port(), postgreSql.pid(), postgreSql.port());
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void readLine() {
    try {
      while (System.in.read() > ' ') {}
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ProcessHandle kafka() {
    return ProcessHandle.of(Long.parseLong(started[1])).orElseThrow();
  }

  int kafkaPort() {
    return Integer.parseInt(started[2]);
  }

  ProcessHandle postgreSql() {
    return ProcessHandle.of(Long.parseLong(started[3])).orElseThrow();
  }

  int postgreSqlPort() {
    return Integer.parseInt(started[4]);
  }

  /** What a terminal's Ctrl-C does. */
  void interruptGroup() throws IOException, InterruptedException {
    Signals.send("INT", -process.pid());
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  String readOutput() throws IOException {
    return String.valueOf(output.readLine());
  }

  void letGo() throws IOException {
    process.outputWriter().write("\n");
    process.outputWriter().flush();
  }

  @Override
  public void close() {
    kill();
  }
}
