package io.kafkafetch.bootstrap.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program, run to its end with none of the settings of whoever runs the tests. */
record Program(List<String> command, Map<String, String> environment, Path folder) {
  private static final long LIMIT_SECONDS = 120;

  static Program of(String... command) {
    return new Program(List.of(command), Map.of(), Path.of("/"));
  }

  /** Runs a few lines of shell, and stops at the first that fails. */
  static Program shell(String lines) {
    return of("bash", "-e", "-o", "pipefail", "-c", lines);
  }

  Program in(Path where) {
    return new Program(command, environment, where);
  }

  Program with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Program(command, more, folder);
  }

  /** What was said on both streams, and how it ended. */
  record Outcome(int exitCode, String text) {
    List<String> lines() {
      return text.lines().toList();
    }

    String lastLine() {
      return lines().isEmpty() ? "" : lines().getLast();
    }
  }

  Outcome run() {
    try {
      var process = start();
      process.getOutputStream().close();
      var text = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " goes on and on, after: " + text);
      }
      return new Outcome(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Process start() throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(ServerSettings.NAMES);
    builder.environment().putAll(environment);
    return builder.start();
  }
}
