package io.kafkafetch.bootstrap.sessions;

import io.kafkafetch.application.driving.SessionLimits;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, so that it can be killed. */
final class KilledServer implements AutoCloseable {
  private final Process process;
  private final URI uri;

  KilledServer(String bootstrap) {
    try {
      process =
          new ProcessBuilder(
                  List.of(
                      ProcessHandle.current().info().command().orElse("java"),
                      "-Xmx256m",
                      "-cp",
                      classPath(),
                      KilledServer.class.getName(),
                      bootstrap))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      uri = URI.create(address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that this test runs on, whether as modules or not. */
  private static String classPath() {
    var tests = thisClass();
    for (int i = KilledServer.class.getName().split("\\.").length; i > 0; i--) {
      tests = Objects.requireNonNull(tests.getParent());
    }
    return tests
        + File.pathSeparator
        + System.getProperty("jdk.module.path", "")
        + File.pathSeparator
        + System.getProperty("java.class.path");
  }

  private static Path thisClass() {
    try {
      return Path.of(
          Objects.requireNonNull(KilledServer.class.getResource("KilledServer.class")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String address() throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("listening on ")) {
        return line.substring("listening on ".length());
      }
    }
    throw new IOException("The server did not start");
  }

  String post(String path, String body) throws IOException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(uri + path))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** With SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** The process itself. */
  public static void main(String[] arguments) throws InterruptedException {
    try (var server = new GivenServer(arguments[0], SessionLimits.defaults())) {
      System.out.println("listening on " + server.uri());
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }
}
