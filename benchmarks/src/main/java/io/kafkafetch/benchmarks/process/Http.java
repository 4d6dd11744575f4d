package io.kafkafetch.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/** A client for what is not measured: creating, asking, waiting until something is there. */
public record Http(String base) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final long POLL_MILLIS = 5;

  /** The answer to a GET; throws unless it is well. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return well(send("GET", path, ""));
  }

  /** The answer to a POST; throws unless it is well. */
  public JsonNode post(String path, String body) throws IOException, InterruptedException {
    return well(send("POST", path, body));
  }

  /** The answer to a DELETE; throws unless it is well. */
  public JsonNode delete(String path) throws IOException, InterruptedException {
    return well(send("DELETE", path, ""));
  }

  /** Waits until a GET is answered with 200. */
  public void awaitOk(String path, Child process, Duration limit) throws Exception {
    await(path, _ -> true, process, limit);
  }

  /** Waits until a GET is answered with 200 and something that satisfies. */
  public void await(String path, Predicate<JsonNode> satisfies, Child process, Duration limit)
      throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      process.requireAlive();
      try {
        var answer = send("GET", path, "");
        if (answer.statusCode() == 200 && satisfies.test(JSON.readTree(answer.body()))) {
          return;
        }
      } catch (ConnectException notYet) {
        // It has not opened its port; the deadline ends this.
        Thread.onSpinWait();
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("GET " + base + path + " was not what it should be within " + limit);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static JsonNode well(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() >= 300) {
      throw new IOException(
          answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
