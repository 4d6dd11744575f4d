package io.kafkafetch.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkafetch.application.driving.ProcessorCatalog;
import io.kafkafetch.application.driving.ServerHealth;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The API over real sockets, with consumers that are only remembered. */
final class TestApi implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  static final ObjectMapper JSON = new ObjectMapper();
  static final String PAYMENTS =
      """
      {"broker_ip": "192.168.0.10", "broker_port": 9092, "topic": "payments",
       "consumer_group": "payment_group", "auto_start": true,
       "processor_configs": [{"processor_type": "file_sink",
         "config": {"file_path": "/var/log/payment_messages.log"}}]}
      """;

  private static final ConfigSchema FILE_SINK =
      ConfigSchema.of(
          ConfigField.required("file_path", new FieldType.Text(4096), "The file to write to."),
          ConfigField.withDefault(
              "format", new FieldType.Choice(List.of("value", "json")), "value", "What a line is."),
          ConfigField.optional("rotate_bytes", new FieldType.Whole(1024, 1L << 40), "When to."),
          ConfigField.withDefault("exactly_once", new FieldType.Flag(), false, "No duplicates."),
          ConfigField.optional("labels", new FieldType.Texts(8, 64), "Added to each line."));

  final RememberedConsumers consumers =
      new RememberedConsumers(Map.of("file_sink", FILE_SINK), InstantSource.fixed(NOW));
  final HttpApi api;
  volatile boolean kafka = true;
  volatile boolean database = true;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestApi(HttpSettings settings) {
    api =
        HttpApi.start(
            settings,
            new DrivingPorts(consumers, catalog(), health(), new NoSessions()),
            new ServerDescription("1.2.3", List.of("127.0.0.1:9092"), true),
            InstantSource.fixed(NOW));
  }

  static TestApi open() {
    return new TestApi(HttpSettings.loopback(0));
  }

  static TestApi open(HttpSettings settings) {
    return new TestApi(settings);
  }

  static ProcessorCatalog catalog() {
    return () ->
        List.of(
            new ProcessorCatalog.ProcessorType("file_sink", "Writes records to files.", FILE_SINK));
  }

  private ServerHealth health() {
    return new ServerHealth() {
      @Override
      public boolean kafkaConnected() {
        return kafka;
      }

      @Override
      public boolean databaseConnected() {
        return database;
      }
    };
  }

  int port() {
    return api.address().getPort();
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Answer put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  /** Makes the seed's consumer and answers its id. */
  String payments() {
    return post("/consumers/", PAYMENTS).json().get("consumer_id").asText();
  }

  Answer send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(api.uri() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!body.isEmpty() && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    try {
      return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    api.close();
  }

  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new IllegalStateException("No JSON: " + response.body(), e);
      }
    }

    String detail() {
      return json().path("detail").asText();
    }
  }
}
