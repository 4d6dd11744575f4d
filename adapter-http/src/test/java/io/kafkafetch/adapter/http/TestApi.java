package io.kafkafetch.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
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
import java.util.Optional;

/**
 * The API over real sockets, over an application that keeps everything in memory and runs nothing.
 */
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

  final InMemoryStorage storage = new InMemoryStorage(InstantSource.fixed(NOW));
  final IdleBroker broker = new IdleBroker();
  final HttpApi api;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Application application =
      Application.over(
          new DrivenPorts(
              storage,
              broker,
              List.of(DescribedProcessor.FILE_SINK, DescribedProcessor.DATABASE_SYNC),
              new ProcessorEnvironment(Map.of(), InstantSource.fixed(NOW)),
              SecretReferences.none(),
              new FleetServer(new ServerId("here"), "127.0.0.1:0")));

  private TestApi(HttpSettings settings) {
    api =
        HttpApi.start(
            settings,
            new DrivingPorts(
                application.consumers(),
                application.processors(),
                application.health(),
                application.producing(),
                application.consuming(),
                application.topics(),
                application.groups(),
                application.offsets(),
                application.history(),
                application.trial(),
                application.insight(),
                application.activity(),
                application.deadLetters(),
                application.sessions(),
                application.ownership()),
            new ServerDescription("1.2.3", List.of("127.0.0.1:9092"), true),
            InstantSource.fixed(NOW));
  }

  static TestApi open() {
    return new TestApi(HttpSettings.loopback(0));
  }

  static TestApi open(HttpSettings settings) {
    return new TestApi(settings);
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

  /** As if a run of the consumer had to be given up. */
  void halt(String id, Failure failure) {
    var consumer = storage.consumers().find(ConsumerId.parse(id).orElseThrow()).orElseThrow();
    storage.consumers().replace(consumer, consumer.halt(consumer.revision(), failure), "halted");
  }

  /** As if another server ran the consumer and saw something. */
  void report(String id, Trouble trouble) {
    storage
        .reports()
        .save(
            List.of(
                new RunReport(
                    ConsumerId.parse(id).orElseThrow(),
                    new ServerId("elsewhere"),
                    1,
                    Condition.DEGRADED,
                    Optional.of(trouble),
                    false,
                    List.of(),
                    List.of(),
                    RunCounts.ZERO,
                    Optional.of(NOW),
                    Optional.empty(),
                    Optional.empty(),
                    NOW)));
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
    application.close();
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
