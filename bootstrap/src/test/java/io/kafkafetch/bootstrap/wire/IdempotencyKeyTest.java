package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(EmbeddedKafka.shared().bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ConsumerRecord<byte[], byte[]> onlyIn(String topic) {
    var all = Written.in(EmbeddedKafka.shared().bootstrapServers(), topic);
    assertEquals(1, all.size());
    return all.getFirst();
  }

  @Test
  void aRepeatWithTheSameKeyGetsTheFirstAnswer() throws Exception {
    var topic = server.topic(1);
    var body = "{\"topic\":\"%s\",\"message\":1}".formatted(topic);

    var first = server.post("/produce", body, "Idempotency-Key", topic);
    var second = server.post("/produce", body, "Idempotency-Key", topic);
    var other = server.post("/produce", body.replace(":1}", ":2}"), "Idempotency-Key", topic);

    assertEquals(200, first.status(), first.body());
    assertEquals(first.body(), second.body());
    assertEquals(409, other.status(), other.body());
    onlyIn(topic);
  }

  @Test
  void aRepeatThatComesMeanwhileJoinsTheFirst() throws Exception {
    var topic = server.topic(1);
    var body =
        "[{\"topic\":\"%1$s\",\"message\":1},{\"topic\":\"%1$s\",\"message\":2}]".formatted(topic);

    var answers =
        java.util.stream.IntStream.range(0, 16)
            .mapToObj(i ->
                java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> server.post("/produce/batch", body, "Idempotency-Key", topic).body()))
            .toList()
            .stream()
            .map(java.util.concurrent.CompletableFuture::join)
            .distinct()
            .toList();

    assertEquals(1, answers.size());
    assertEquals(2, Written.in(EmbeddedKafka.shared().bootstrapServers(), topic).size());
  }

  @Test
  void whatWroteNothingMayBeTriedAgainWithItsKey() throws Exception {
    var topic = server.topic(1);
    var body = "{\"topic\":\"%s\",\"message\":1,\"partition\":1}".formatted(topic);

    var refused = server.post("/produce", body, "Idempotency-Key", topic);
    server
        .admin
        .createPartitions(Map.of(topic, org.apache.kafka.clients.admin.NewPartitions.increaseTo(2)))
        .all()
        .get();
    var accepted = server.post("/produce", body, "Idempotency-Key", topic);

    assertEquals(422, refused.status(), refused.body());
    assertEquals(200, accepted.status(), accepted.body());
  }
}
