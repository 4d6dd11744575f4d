package io.kafkafetch.bootstrap.sessions;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.driving.SessionLimits;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.FaultProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When things go wrong, a session")
final class SessionFaultsTest {
  private static final String EARLIEST = ",\"auto_offset_reset\":\"earliest\",\"format\":\"text\"";
  private final String group = "group-" + UUID.randomUUID();

  @Test
  void answersAgainWhenItsAnswerWasCutOnTheWire() throws IOException {
    try (var server = new GivenServer();
        var wire = FaultProxy.to("127.0.0.1", server.port())) {
      var topic = server.topic(1);
      server.produce(topic, 0, 0, 20_000);
      var id = server.subscribe(group, topic, EARLIEST);
      var first = server.consume(id, "{\"max_records\":10}");
      var asked =
          "{\"max_records\":10000,\"max_bytes_total\":10000000,\"token\":\""
              + first.get("next_token").asText()
              + "\"}";

      wire.limit(FaultProxy.Direction.TO_CLIENT, 200_000);
      assertThrows(IOException.class, () -> readAndCut(wire, id, asked));
      wire.heal();

      var repeated =
          await()
              .until(
                  () -> server.post("/api/consumers/" + id + "/consume", asked),
                  answer -> answer.status() == 200)
              .json();
      assertEquals(10_000, repeated.get("records").size());
      assertEquals(10, repeated.get("records").get(0).get("offset").asInt());
      assertEquals(10_009, repeated.get("records").get(9_999).get("offset").asInt());
      var next = server.consume(id, "{\"token\":\"" + repeated.get("next_token").asText() + "\"}");
      assertEquals(10_010, next.get("records").get(0).get("offset").asInt());
    }
  }

  /** Reads the beginning of an answer, then the connection is gone. */
  private static void readAndCut(FaultProxy wire, String id, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), wire.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/consumers/"
                      + id
                      + "/consume HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      var read = new ByteArrayOutputStream();
      while (read.size() < 20_000) {
        read.write(socket.getInputStream().readNBytes(1_000));
      }
      wire.cut();
      for (int i = 0; i < 1_000; i++) {
        if (socket.getInputStream().readNBytes(100_000).length < 100_000) {
          throw new IOException("cut");
        }
      }
    }
  }

  @Test
  void leavesWhatWasNotCommittedWhenItsServerIsKilled() throws IOException {
    var bootstrap = EmbeddedKafka.shared().bootstrapServers();
    try (var survivor = new GivenServer();
        var killed = new KilledServer(bootstrap)) {
      var topic = survivor.topic(2);
      // From the end: what comes after the subscription must not be skipped by anyone.
      var subscription = GivenServer.subscription(group, topic, ",\"format\":\"text\"");
      var id =
          GivenServer.JSON
              .readTree(killed.post("/api/consumers/subscribe", subscription))
              .get("consumer_id")
              .asText();
      survivor.produce(topic, 0, 0, 10);
      survivor.produce(topic, 1, 10, 20);
      var answered = killed.post("/api/consumers/" + id + "/consume", "{}");
      assertTrue(answered.contains("value-"), answered);
      killed.kill();

      var next = survivor.subscribe(group, topic, ",\"format\":\"text\"");
      var values = new HashSet<String>();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            survivor
                .consume(next, "{\"timeout_ms\":500}")
                .get("records")
                .forEach(each -> values.add(each.get("value").asText()));
            return values.size() == 20;
          });
    }
  }

  @Test
  void saysWithinItsTimeThatTheBrokerIsAwayAndGoesOnAfterwards() {
    try (var proxy = FaultProxy.toBeForwarded();
        var broker = EmbeddedKafka.forTests(each -> each.withAdvertisedPort(proxy.port()))) {
      proxy.forwardTo(broker.host(), broker.port());
      try (var server = new GivenServer(proxy.address(), SessionLimits.defaults())) {
        var topic = server.topic(1);
        server.produce(topic, 0, 0, 5);
        var id = server.subscribe(group, topic, EARLIEST);
        assertEquals(2, server.consume(id, "{\"max_records\":2}").get("records").size());

        proxy.refuse();
        assertEquals(3, server.consume(id, "{\"timeout_ms\":1000}").get("records").size());
        var empty = server.post("/api/consumers/" + id + "/consume", "{\"timeout_ms\":500}");
        assertEquals(503, empty.status(), empty.response().body());
        assertTrue(empty.response().headers().firstValue("Retry-After").isPresent());
        assertEquals(503, server.post("/api/consumers/" + id + "/commit", "").status());
        assertEquals(
            503,
            server
                .post(
                    "/api/consumers/" + id + "/seek",
                    "{\"topic\":\"" + topic + "\",\"partition\":0,\"to\":\"end\"}")
                .status());
        var position = server.get("/api/consumers/" + id + "/position").ok();
        assertEquals(5, position.get("offsets").get(topic).get("0").asInt());
        assertTrue(position.get("lag").get(topic).get("0").isNull());
        assertEquals(
            503,
            server
                .post("/api/consumers/subscribe", GivenServer.subscription(group, topic, ""))
                .status());

        proxy.heal();
        server.produce(topic, 0, 5, 6);
        // The group may have given the partition up meanwhile, so its records may come again.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> {
              server.post("/api/consumers/" + id + "/consume", "{\"timeout_ms\":500}");
              server.post("/api/consumers/" + id + "/commit", "");
              return server.committed(group, topic, 0) == 6;
            });
      }
    }
  }

  @Test
  void isRefusedBeyondTheLimitsUntilThereIsRoom() {
    try (var server =
        new GivenServer(EmbeddedKafka.shared().bootstrapServers(), new SessionLimits(3, 2))) {
      var topic = server.topic(1);
      var one = server.subscribe(group, topic, "");
      server.subscribe(group, topic, "");
      var beyond =
          server.post("/api/consumers/subscribe", GivenServer.subscription(group, topic, ""));
      assertEquals(429, beyond.status());
      assertTrue(beyond.detail().contains(group), beyond.detail());
      assertTrue(beyond.response().headers().firstValue("Retry-After").isPresent());
      server.subscribe("other-" + group, topic, "");
      assertEquals(
          429,
          server
              .post("/api/consumers/subscribe", GivenServer.subscription("third", topic, ""))
              .status());
      server.delete("/api/consumers/" + one).ok();
      server.subscribe(group, topic, "");
      assertEquals(2, server.counts().refused());
    }
  }

  @Test
  void tellsWhoWaitsThatTheServerStops() {
    var server = new GivenServer();
    var topic = server.topic(1);
    var id = server.subscribe(group, topic, "");
    var waiting = server.consumeLater(id, "{\"timeout_ms\":60000}");
    await()
        .until(() ->
            server.post("/api/consumers/" + id + "/consume", "{\"timeout_ms\":0}").status() == 409);
    var closing = Thread.ofVirtual().start(server::stop);
    assertEquals(503, waiting.join().status());
    await().until(() -> !closing.isAlive());
    assertEquals(0, server.counts().open());
    server.close();
  }

  @Test
  void leavesNothingBehind() {
    try (var server = new GivenServer()) {
      var topic = server.topic(1);
      server.delete("/api/consumers/" + server.subscribe(group, topic, "")).ok();
      await().until(() -> sessionThreads() == 0);
      IntStream.range(0, 40)
          .parallel()
          .forEach(i -> server.subscribe(group + i, topic, ",\"session_timeout_ms\":1000"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> server.counts().open() == 0 && sessionThreads() == 0);
      assertEquals(40, server.counts().expired());
      for (int i = 0; i < 40; i++) {
        assertEquals(0, server.members(group + i));
      }
    }
  }

  private static long sessionThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread ->
            thread.getName().startsWith("session-") && !thread.getName().equals("session-expiry"))
        .count();
  }

  @Test
  void reportsWhatWasDeletedBeforeItWasRead() {
    try (var server = new GivenServer()) {
      var topic = server.topic(1);
      server.produce(topic, 0, 0, 10);
      var id = server.subscribe(group, topic, EARLIEST);
      GivenServer.get(
          server
              .admin
              .deleteRecords(
                  java.util.Map.of(
                      new org.apache.kafka.common.TopicPartition(topic, 0),
                      org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(4)))
              .all());
      var answer = server.consume(id, "{}");
      assertEquals(6, answer.get("records").size());
      var gap = answer.get("gaps").get(0);
      assertEquals(0, gap.get("from").asInt());
      assertEquals(4, gap.get("to").asInt());
      assertEquals(List.of(4, 9), ends(answer));
    }
  }

  private static List<Integer> ends(JsonNode answer) {
    var offsets = new ArrayList<Integer>();
    answer.get("records").forEach(each -> offsets.add(each.get("offset").asInt()));
    return List.of(offsets.getFirst(), offsets.getLast());
  }
}
