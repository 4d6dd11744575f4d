package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Managed consumers as a user of the API has them. */
final class Managed {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Managed() {}

  static void produce(String bootstrapServers, String topic, int partition, int from, int to)
      throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var sent = new ArrayList<Future<?>>();
      for (int i = from; i < to; i++) {
        var text = Integer.toString(i).getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>(topic, partition, text, text)));
      }
      for (var each : sent) {
        each.get();
      }
    }
  }

  static String name(String what) {
    return what + "-" + UUID.randomUUID();
  }

  /** Makes a consumer of the server's own broker, which runs, and answers its id. */
  static String running(
      WiredServer server, String broker, String topic, String group, String processors) {
    var answer =
        server.post(
            "/consumers",
            """
            {"bootstrap_servers": ["%s"], "topic": "%s", "consumer_group": "%s",
             "auto_start": true, "delivery": {"commit_interval_ms": 100},
             "processor_configs": [%s]}
            """
                .formatted(broker, topic, group, processors));
    assertEquals(201, answer.status(), answer.body());
    return answer.json().get("consumer_id").asText();
  }

  static String processor(String type, Map<String, Object> config) throws IOException {
    return WiredServer.JSON.writeValueAsString(Map.of("processor_type", type, "config", config));
  }

  static JsonNode offsets(WiredServer server, String id) {
    var answer = server.get("/consumers/" + id + "/offsets");
    assertEquals(200, answer.status(), answer.body());
    return answer.json();
  }

  static void awaitCaughtUp(WiredServer server, String id) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(0, offsets(server, id).get("total_lag").asLong()));
  }

  static void start(WiredServer server, String id) {
    assertEquals(200, server.post("/consumers/" + id + "/start", "").status());
  }

  /** Stops it, and waits until nobody is left in its group. */
  static void stop(WiredServer server, String id) {
    assertEquals(200, server.post("/consumers/" + id + "/stop", "").status());
    await()
        .atMost(PATIENCE)
        .until(() -> plan(server, id, "{\"to\": \"latest\"}").get("obstacle").isNull());
  }

  static JsonNode plan(WiredServer server, String id, String body) {
    var answer = server.patch("/consumers/" + id + "/offsets?dry_run=true", body);
    assertEquals(200, answer.status(), answer.body());
    return answer.json();
  }

  static JsonNode move(WiredServer server, String id, String body) {
    var answer = server.patch("/consumers/" + id + "/offsets", body);
    assertEquals(200, answer.status(), answer.body());
    return answer.json();
  }

  static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
