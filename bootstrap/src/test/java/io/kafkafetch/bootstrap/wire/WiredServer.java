package io.kafkafetch.bootstrap.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkafetch.adapter.http.HttpApi;
import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.ServerDescription;
import io.kafkafetch.adapter.kafka.KafkaAdapter;
import io.kafkafetch.adapter.kafka.KafkaSettings;
import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.bootstrap.plugins.InstalledProcessors;
import io.kafkafetch.bootstrap.wiring.OfferedPorts;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The API over a real broker, with everything that is kept in memory if nothing else is said. */
final class WiredServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final HttpApi api;
  final Admin admin;
  private final Application application;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WiredServer(String bootstrapServers) {
    this(bootstrapServers, bootstrapServers);
  }

  /** The server may have to take another way to the broker than the test's own admin client. */
  WiredServer(String bootstrapServers, String adminServers) {
    this(
        bootstrapServers,
        adminServers,
        new InMemoryStorage(InstantSource.system()),
        List.of(),
        Map.of(),
        SecretReferences.none());
  }

  private WiredServer(
      String bootstrapServers,
      String adminServers,
      Storage storage,
      List<ProcessorFactory> processors,
      Map<String, String> settings,
      SecretReferences secrets) {
    var clock = InstantSource.system();
    var cluster = ClusterAddress.plain(BrokerAddress.parse(bootstrapServers).orElseThrow());
    application =
        Application.over(
                new DrivenPorts(
                    storage,
                    KafkaAdapter.open(new KafkaSettings(cluster, clock, secrets)),
                    processors,
                    new ProcessorEnvironment(settings, clock),
                    secrets,
                    new FleetServer(new ServerId("test"), "127.0.0.1:0")))
            .start();
    api =
        HttpApi.start(
            HttpSettings.loopback(0),
            OfferedPorts.of(application),
            new ServerDescription("1.2.3", List.of(bootstrapServers), true),
            clock);
    admin = Admin.create(Map.of("bootstrap.servers", adminServers));
  }

  /** A server with the processors that ship with it, writing files under that folder. */
  static WiredServer managing(String bootstrapServers, Storage storage, Path files) {
    return managing(bootstrapServers, storage, files, SecretReferences.none());
  }

  /** The same, resolving secrets. */
  static WiredServer managing(
      String bootstrapServers, Storage storage, Path files, SecretReferences secrets) {
    return new WiredServer(
        bootstrapServers,
        bootstrapServers,
        storage,
        InstalledProcessors.with(files.resolve("no-plugins")),
        Map.of(
            "FILE_SINK_ROOTS",
            files.toString(),
            // Where tests have their endpoints.
            "FORWARDER_ALLOWED_HOSTS",
            "127.0.0.1"),
        secrets);
  }

  URI uri(String path) {
    return URI.create(api.uri() + path);
  }

  String topic(int partitions) throws Exception {
    return topic(partitions, Map.of());
  }

  String topic(int partitions, Map<String, String> configs) throws Exception {
    var name = "topic-" + UUID.randomUUID();
    admin
        .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
        .all()
        .get();
    KnownTopics.await(admin, name);
    return name;
  }

  Answer get(String path, String... headers) {
    var request = HttpRequest.newBuilder(uri(path)).GET();
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  Answer post(String path, String body, String... headers) {
    var request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return send(request);
  }

  Answer put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  Answer delete(String path) {
    return send(HttpRequest.newBuilder(uri(path)).DELETE());
  }

  Answer patch(String path, String body, String... headers) {
    return send("PATCH", path, body, headers);
  }

  private Answer send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.header("Content-Type", "application/json"));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(
          client.send(
              request.timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException("Not answered", e);
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
    admin.close();
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
