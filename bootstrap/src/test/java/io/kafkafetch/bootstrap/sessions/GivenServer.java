package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.SessionCounts;
import io.kafkafetch.application.driving.SessionLimits;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.bootstrap.lifecycle.HttpPlace;
import io.kafkafetch.bootstrap.settings.Settings.Http;
import io.kafkafetch.bootstrap.wire.KnownTopics;
import io.kafkafetch.bootstrap.wiring.OfferedPorts;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The API over a real broker, with a client that speaks as those of sessions do. */
final class GivenServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  final Admin admin;
  final KafkaProducer<byte[], byte[]> producer;
  private final Application application;
  private final HttpApi api;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  GivenServer() {
    this(EmbeddedKafka.shared().bootstrapServers(), SessionLimits.defaults());
  }

  GivenServer(String bootstrap, SessionLimits limits) {
    this(
        bootstrap,
        limits,
        new InMemoryStorage(InstantSource.system()),
        new FleetServer(new ServerId("test"), "127.0.0.1:0"));
  }

  /** One of several servers that share their storage, and listens where the others look for it. */
  static GivenServer inFleet(Storage shared, String id) {
    var place = HttpPlace.of(new Http(Optional.empty(), 0, Set.of()));
    return new GivenServer(
        EmbeddedKafka.shared().bootstrapServers(),
        SessionLimits.defaults(),
        shared,
        new FleetServer(new ServerId(id), place.address()));
  }

  private GivenServer(String bootstrap, SessionLimits limits, Storage storage, FleetServer self) {
    var cluster = ClusterAddress.plain(BrokerAddress.parse(bootstrap).orElseThrow());
    var clock = InstantSource.system();
    application =
        Application.over(
                new DrivenPorts(
                        storage,
                        KafkaAdapter.open(new KafkaSettings(cluster, clock)),
                        List.of(),
                        new ProcessorEnvironment(Map.of(), clock),
                        SecretReferences.none(),
                        self)
                    .limiting(limits))
            .start();
    api =
        HttpApi.start(
            HttpSettings.loopback(
                Integer.parseInt(self.address().substring(self.address().indexOf(':') + 1))),
            OfferedPorts.of(application),
            new ServerDescription("1", List.of(bootstrap), true),
            clock);
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrap);
    admin = Admin.create(properties);
    producer = PlainProducer.inOrder(bootstrap);
  }

  URI uri() {
    return api.uri();
  }

  int port() {
    return api.address().getPort();
  }

  SessionCounts counts() {
    return application.sessions().counts();
  }

  Ownership ownership() {
    return application.ownership();
  }

  String topic(int partitions) {
    var name = "topic-" + UUID.randomUUID();
    get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
    KnownTopics.await(admin, name);
    return name;
  }

  void produce(String topic, int partition, int from, int to) {
    var sent =
        IntStream.range(from, to)
            .mapToObj(i ->
                producer.send(
                    new ProducerRecord<>(topic, partition, null, ("value-" + i).getBytes(UTF_8))))
            .toList();
    sent.forEach(GivenServer::get);
  }

  void produce(ProducerRecord<byte[], byte[]> record) {
    get(producer.send(record));
  }

  long committed(String group, String topic, int partition) {
    var offset =
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
            .get(new TopicPartition(topic, partition));
    return offset == null ? -1 : offset.offset();
  }

  int members(String group) {
    return get(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
        .mapToInt(described -> described.members().size())
        .sum();
  }

  /** Subscribes and answers the session's id. */
  String subscribe(String group, String topic, String more) {
    return post("/api/consumers/subscribe", subscription(group, topic, more))
        .ok()
        .get("consumer_id")
        .asText();
  }

  static String subscription(String group, String topic, String more) {
    return "{\"group_id\":\"" + group + "\",\"topics\":[\"" + topic + "\"]" + more + "}";
  }

  JsonNode consume(String id, String body) {
    return post("/api/consumers/" + id + "/consume", body).ok();
  }

  CompletableFuture<Answer> consumeLater(String id, String body) {
    return client
        .sendAsync(
            request("POST", "/api/consumers/" + id + "/consume", body),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(Answer::new);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  Answer send(String method, String path, String body, String... headers) {
    return new Answer(
        get(
            client.sendAsync(
                request(method, path, body, headers), HttpResponse.BodyHandlers.ofString())));
  }

  HttpResponse<byte[]> bytes(String method, String path, String body, String... headers) {
    return get(
        client.sendAsync(
            request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
  }

  HttpResponse<InputStream> open(String path, String... headers) {
    return get(
        client.sendAsync(
            request("GET", path, "", headers), HttpResponse.BodyHandlers.ofInputStream()));
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(api.uri() + path))
            .timeout(Duration.ofSeconds(90))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  static <T> T get(KafkaFuture<T> future) {
    return get(future.toCompletionStage().toCompletableFuture());
  }

  static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was answered. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new IllegalStateException("No JSON: " + response.body(), e);
      }
    }

    JsonNode ok() {
      if (status() != 200) {
        throw new AssertionError(status() + " " + response.body());
      }
      return json();
    }

    String detail() {
      return json().path("detail").asText();
    }
  }

  /** As a signal stops it. */
  void stop() {
    api.close();
    application.close();
  }

  @Override
  public void close() {
    client.shutdownNow();
    stop();
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }
}
