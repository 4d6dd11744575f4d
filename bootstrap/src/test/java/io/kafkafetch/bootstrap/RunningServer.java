package io.kafkafetch.bootstrap;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The server as its user starts it: {@code run.sh} in some working directory, in a process group of
 * its own.
 */
final class RunningServer implements AutoCloseable {
  static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();

  /** The promise of the server. */
  static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Pattern API = Pattern.compile("API +(http://\\S+:(\\d+))");
  private static final Pattern KAFKA = Pattern.compile("Kafka +127\\.0\\.0\\.1:(\\d+)");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final Process process;
  private final Path output;
  private final Path errors;

  private RunningServer(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** A server that is up. */
  static RunningServer start(Path workingDirectory, Map<String, String> settings) {
    var server = launch(workingDirectory, settings);
    try {
      await()
          .atMost(START_LIMIT)
          .until(() -> !server.process.isAlive() || server.output().contains("Try:"));
      assertTrue(server.process.isAlive(), server::everything);
      return server;
    } catch (RuntimeException | AssertionError e) {
      server.close();
      throw e;
    }
  }

  /** A server that is about to start, or to fail. */
  static RunningServer launch(Path workingDirectory, Map<String, String> settings) {
    try {
      unpackProgramsOnce(workingDirectory.resolve(settings.getOrDefault("DATA_DIR", "data")));
      var output = Files.createTempFile(workingDirectory, "server", ".out");
      var errors = Files.createTempFile(workingDirectory, "server", ".err");
      var builder =
          new ProcessBuilder("setsid", ROOT.resolve("run.sh").toString(), "--no-build")
              .directory(workingDirectory.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().keySet().removeIf(RunningServer::isSetting);
      builder.environment().put("HTTP_PORT", "0");
      builder.environment().putAll(settings);
      return new RunningServer(builder.start(), output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSetting(String name) {
    return name.matches("(DATABASE|KAFKA|HTTP|SECRET|SESSIONS|LOG|DATA|FILE_SINK|PLUGINS|JAVA)_.*")
        && !name.equals("JAVA_HOME");
  }

  /** All servers of all test runs share what the first one unpacked. */
  private static void unpackProgramsOnce(Path dataDir) throws IOException {
    var cache = Path.of(System.getProperty("user.home"), ".cache", "kafka-fetch-server");
    Files.createDirectories(cache);
    Files.createDirectories(dataDir);
    if (!Files.exists(dataDir.resolve("cache"))) {
      Files.createSymbolicLink(dataDir.resolve("cache"), cache);
    }
  }

  long pid() {
    return process.pid();
  }

  /** The server's process and all that it has started. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  URI api() {
    return URI.create(found(API).group(1));
  }

  int port() {
    return Integer.parseInt(found(API).group(2));
  }

  int kafkaPort() {
    return Integer.parseInt(found(KAFKA).group(1));
  }

  private MatchResult found(Pattern pattern) {
    return pattern.matcher(output()).results().findFirst().orElseThrow();
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(api().resolve(path)));
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(api().resolve(path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Creates a consumer that writes what is in {@code topic} to {@code file}, one line each. */
  void pumpToFile(String topic, String file) {
    var created =
        post(
            "/consumers",
            """
            {"broker_ip": "127.0.0.1", "broker_port": %d, "topic": "%s", "consumer_group": "pump",
             "auto_start": true, "processor_configs": [
               {"processor_type": "file_sink", "config": {"file_path": "%s"}}]}
            """
                .formatted(kafkaPort(), topic, file));
    assertEquals(201, created.statusCode(), created::body);
  }

  /** Sends a signal to the server alone. */
  void signal(String name) {
    kill(name, process.pid());
  }

  /** Sends a signal to its whole process group, as a terminal does. */
  void signalGroup(String name) {
    kill(name, -process.pid());
  }

  private static void kill(String signal, long pid) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, "--", Long.toString(pid)).inheritIO();
      assertEquals(0, kill.start().waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The exit status, which is there within {@code limit}. */
  int awaitExit(Duration limit) {
    try {
      assertTrue(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS), this::everything);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String output() {
    return read(output);
  }

  String errors() {
    return read(errors);
  }

  private String everything() {
    return output() + errors();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    var all = processes();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }
}
