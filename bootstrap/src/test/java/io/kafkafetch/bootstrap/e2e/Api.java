package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a client does over HTTP. */
record Api(String uri) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * An answer.
   *
   * @param etag empty where there is none
   */
  record Answer(int status, String body, String etag) {
    JsonNode json() {
      return parsed(body);
    }
  }

  static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("No JSON: " + text, e);
    }
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(URI.create(uri + path)));
  }

  Answer post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(uri + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Makes a consumer that runs, and answers its id. */
  String running(String broker, String topic, String group, String processors, String further) {
    var created =
        post(
            "/consumers",
            """
            {"bootstrap_servers": ["%s"], "topic": "%s", "consumer_group": "%s",
             "auto_start": true, "processor_configs": [%s]%s}
            """
                .formatted(broker, topic, group, processors, further));
    assertEquals(201, created.status(), created.body());
    return created.json().get("consumer_id").asText();
  }

  /** Why a consumer is not well, whether it goes on trying or waits for a person; or nothing. */
  String complaint(String id) {
    var consumer = get("/consumers/" + id).json();
    var said = consumer.path("error").path("reason").asText("");
    return said.isEmpty() ? consumer.path("trouble").path("reason").asText("") : said;
  }

  String status(String id) {
    return get("/consumers/" + id).json().path("status").asText();
  }

  Answer put(String path, String body) {
    return send(HttpRequest.newBuilder(URI.create(uri + path)), "PUT", body);
  }

  /** Only if the thing is still as it was when it had that {@code ETag}. */
  Answer putIf(String etag, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(uri + path)).header("If-Match", etag), "PUT", body);
  }

  private static Answer send(HttpRequest.Builder request, String method, String body) {
    return send(
        request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  /** A consumer of the server's own cluster, from a topic into a file under the first root. */
  String consumer(String broker, String topic, String file) {
    var at = broker.lastIndexOf(':');
    var created =
        post(
            "/consumers",
            """
            {"broker_ip": "%s", "broker_port": %s, "topic": "%s", "consumer_group": "%s_group",
             "auto_start": true, "processor_configs":
               [{"processor_type": "file_sink", "config": {"file_path": "%s"}}]}
            """
                .formatted(broker.substring(0, at), broker.substring(at + 1), topic, topic, file));
    assertEquals(201, created.status(), created.body());
    return created.json().get("consumer_id").asText();
  }

  /** Sends {@code {"n": from}} to {@code {"n": to - 1}} as they are, in one batch. */
  Answer produce(String topic, int from, int to) {
    var batch = new StringBuilder("[");
    for (int n = from; n < to; n++) {
      batch.append(n == from ? "" : ",");
      batch.append("{\"topic\":\"").append(topic).append("\",\"enrich\":false,\"message\":{\"n\":");
      batch.append(n).append("}}");
    }
    return post("/produce/batch", batch.append(']').toString());
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      var response =
          CLIENT.send(
              request.timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(), response.body(), response.headers().firstValue("ETag").orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
