package io.kafkafetch.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server that {@code ./run.sh} started in a session of its own, as a terminal would, and that
 * said in its banner where it is.
 */
final class RunningServer implements AutoCloseable {
  private static final Pattern API = Pattern.compile("  API +(http://\\S+)");
  private static final Pattern KAFKA = Pattern.compile("  Kafka +([0-9.]+:\\d+) .*");
  private static final String BANNER_END = "Try:";
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final List<String> said = new ArrayList<>();
  private final CompletableFuture<Boolean> banner = new CompletableFuture<>();

  private RunningServer(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().name("output of the server").start(this::listen);
  }

  /** Starts it in a folder, where it keeps its data, and returns when it has said its banner. */
  static RunningServer in(Path folder) {
    return in(folder, Map.of());
  }

  static RunningServer in(Path folder, Map<String, String> settings) {
    var environment = new HashMap<>(Map.of("HTTP_PORT", "0", "JAVA_OPTS", "-Xmx512m"));
    environment.putAll(settings);
    // A shell that runs us in the background has told us, and so our children, to ignore SIGINT.
    var command = List.of("setsid", "env", "--default-signal=INT", Repository.RUN.toString());
    try {
      var server = new RunningServer(new Program(command, environment, folder).start());
      server.awaitBanner();
      return server;
    } catch (IOException e) {
      throw new AssertionError("Not started", e);
    }
  }

  private void listen() {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (said) {
          said.add(line);
        }
        if (line.startsWith(BANNER_END)) {
          banner.complete(true);
        }
      }
      banner.complete(false);
    } catch (IOException e) {
      banner.completeExceptionally(e);
    }
  }

  private void awaitBanner() {
    try {
      assertTrue(banner.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS), () -> "Ended: " + output());
    } catch (TimeoutException | ExecutionException e) {
      kill();
      throw new AssertionError("No banner, but: " + output(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything it said so far. */
  String output() {
    synchronized (said) {
      return String.join("\n", said);
    }
  }

  String uri() {
    return fromBanner(API);
  }

  int port() {
    return Integer.parseInt(uri().substring(uri().lastIndexOf(':') + 1));
  }

  /** The embedded broker's {@code host:port}. */
  String kafka() {
    return fromBanner(KAFKA);
  }

  private String fromBanner(Pattern pattern) {
    return output()
        .lines()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + pattern + " in " + output()));
  }

  /** Whether there are processes of PostgreSQL beside the broker's. */
  boolean embedsPostgreSql() {
    return output().lines().anyMatch(line -> line.startsWith("  PostgreSQL  embedded"));
  }

  Api api() {
    return new Api(uri());
  }

  long pid() {
    return process.pid();
  }

  /** The server itself and every process that it started. */
  Set<ProcessHandle> family() {
    var family = process.descendants().collect(Collectors.toCollection(HashSet::new));
    family.add(process.toHandle());
    return family;
  }

  /** As {@code kill} does, or as a terminal does when {@code pid} is negative. */
  void signal(String signal, long pid) {
    var sent = Program.of("kill", "-" + signal, "--", Long.toString(pid)).run();
    assertTrue(sent.exitCode() == 0, sent::text);
  }

  /** The exit code, or nothing when it still runs after that time. */
  Optional<Integer> awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? Optional.of(process.exitValue())
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL, to the server alone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops it in order, and by force when that takes too long. */
  @Override
  public void close() {
    if (process.isAlive()) {
      var family = family();
      process.destroy();
      if (awaitEnd(Duration.ofMinutes(1)).isEmpty()) {
        family.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }
}
