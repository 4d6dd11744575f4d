package io.kafkafetch.bootstrap.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The broker makes no topics by itself, and is reached through a proxy that can fail. */
class BrokerAwayTest {
  private static final String PRODUCE_PREFIX = "Failed to produce message: ";

  private static FaultProxy proxy;
  private static EmbeddedKafka broker;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    proxy = FaultProxy.toBeForwarded();
    broker =
        EmbeddedKafka.forTests(settings ->
            settings
                .withAdvertisedPort(proxy.port())
                .withBrokerProperty("auto.create.topics.enable", "false"));
    proxy.forwardTo(broker.host(), broker.port());
    server = new WiredServer(proxy.address());
  }

  @AfterAll
  static void stop() {
    server.close();
    broker.close();
    proxy.close();
  }

  @AfterEach
  void heal() {
    proxy.heal();
  }

  private static String message(String topic) {
    return "{\"topic\":\"%s\",\"message\":1}".formatted(topic);
  }

  private static void awaitProducing(String topic) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertEquals(200, server.post("/produce", message(topic)).status()));
  }

  @Test
  void anUnknownTopicIsNotFoundWhereNoneAreMade() throws Exception {
    var known = server.topic(1);
    var unknown = "unknown-" + UUID.randomUUID();

    var one = server.post("/produce", message(unknown));
    var batch = server.post("/produce/batch", "[" + message(known) + "," + message(unknown) + "]");

    assertEquals(404, one.status(), one.body());
    assertEquals(PRODUCE_PREFIX + "There is no topic " + unknown, one.detail());
    assertEquals(207, batch.status(), batch.body());
    assertTrue(batch.json().at("/results/0/success").asBoolean());
    assertEquals(404, batch.json().at("/results/1/status").asInt());
  }

  @Test
  void aBrokerThatIsGoneIsSaidToBeAndBackWithoutARestart() throws Exception {
    var topic = server.topic(1);
    var group = "group-" + UUID.randomUUID();
    awaitProducing(topic);
    var consume = "{\"topic\":\"%s\",\"group_id\":\"%s\",\"timeout\":1}".formatted(topic, group);
    assertEquals(200, server.post("/consume", consume).status());

    proxy.refuse();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          var answer = server.post("/produce", message(topic));
          assertEquals(503, answer.status(), answer.body());
          assertTrue(answer.detail().startsWith(PRODUCE_PREFIX), answer.detail());
          assertFalse(answer.header("Retry-After").isEmpty());
        });
    // Each takes as long as Kafka's client waits for a broker.
    var answers =
        atOnce(
            List.of(
                () -> server.post("/consume", consume),
                () -> server.post("/produce/batch", "[" + message(topic) + "]"),
                () -> server.get("/messages/" + topic),
                () -> server.get("/topics")));
    answers.forEach(answer -> assertEquals(503, answer.status(), answer.body()));
    var read = answers.getFirst();
    assertTrue(read.detail().startsWith("Failed to consume messages: "), read.detail());

    proxy.heal();

    awaitProducing(topic);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          var again = server.post("/consume", consume);
          assertEquals(200, again.status(), again.body());
          assertTrue(again.json().get("count").asInt() > 0, again.body());
        });
    assertEquals(200, server.get("/messages/" + topic).status());
  }

  private static List<WiredServer.Answer> atOnce(List<Callable<WiredServer.Answer>> requests)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<WiredServer.Answer>();
      for (var answer : threads.invokeAll(requests)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  @Test
  void whatIsNotAcknowledgedInTimeIsUnknownAndNeverSentAgain() throws Exception {
    var topic = server.topic(1);
    awaitProducing(topic);
    var body = message(topic);

    proxy.blackhole(FaultProxy.Direction.TO_CLIENT);
    var first = server.post("/produce", body, "Idempotency-Key", topic);
    proxy.heal();
    awaitProducing(topic);
    var before = Written.in(broker.bootstrapServers(), topic).size();
    var repeated = server.post("/produce", body, "Idempotency-Key", topic);

    assertEquals(504, first.status(), first.body());
    assertTrue(first.detail().contains("the outcome is unknown"), first.detail());
    assertEquals(first.body(), repeated.body());
    assertEquals(before, Written.in(broker.bootstrapServers(), topic).size());
  }
}
