package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.driving.Ownership.Owner;
import io.kafkafetch.application.memory.InMemoryStorage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of two servers")
final class FleetTest {
  private static final String EARLIEST = ",\"auto_offset_reset\":\"earliest\",\"format\":\"text\"";

  private final InMemoryStorage shared = new InMemoryStorage(InstantSource.system());
  private GivenServer one;
  private GivenServer two;

  @BeforeEach
  void open() {
    one = GivenServer.inFleet(shared, "one");
    two = GivenServer.inFleet(shared, "two");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            IntStream.range(0, 64).anyMatch(i -> isElsewhere(one, "group-" + i))
                && IntStream.range(0, 64).anyMatch(i -> isElsewhere(two, "group-" + i)));
  }

  @AfterEach
  void close() {
    two.close();
    one.close();
  }

  private static boolean isElsewhere(GivenServer server, String group) {
    return server.ownership().ofGroup(group) instanceof Owner.There;
  }

  /** A new group that server one reads for. */
  private String groupOfOne() {
    String group;
    do {
      group = "group-" + UUID.randomUUID();
    } while (!isElsewhere(two, group) || isElsewhere(one, group));
    return group;
  }

  private static List<String> values(JsonNode answer, String records) {
    var values = new ArrayList<String>();
    answer.get(records).forEach(each -> values.add(each.get("value").asText()));
    return values;
  }

  private static List<String> expected(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "value-" + i).toList();
  }

  private static String read(String topic, String group, int most) {
    return "{\"topic\":\"%s\",\"group_id\":\"%s\",\"max_messages\":%d,\"timeout\":10}"
        .formatted(topic, group, most);
  }

  @Test
  @DisplayName("each answers for the sessions of the other")
  void sessions() throws IOException {
    var topic = one.topic(1);
    one.produce(topic, 0, 0, 500);
    var group = "group-" + UUID.randomUUID();
    var id = one.subscribe(group, topic, EARLIEST);
    var session = "/api/consumers/" + id;

    var first = two.consume(id, "{\"max_records\":10}");
    assertEquals(expected(0, 10), values(first, "records"));
    var asked = "{\"max_records\":5,\"token\":\"" + first.get("next_token").asText() + "\"}";
    assertEquals(expected(10, 15), values(two.consume(id, asked), "records"));
    assertEquals(expected(10, 15), values(one.consume(id, asked), "records"));
    two.post(session + "/commit", "").ok();
    assertEquals(15, one.committed(group, topic, 0));
    two.post(
            session + "/seek", "{\"topic\":\"" + topic + "\",\"partition\":0,\"to\":\"beginning\"}")
        .ok();
    var position = two.get(session + "/position").ok();
    assertEquals(0, position.at("/offsets/" + topic + "/0").asInt(-1));
    assertEquals(400, two.post(session + "/consume", "{\"max_records\":0}").status());
    var packed = two.bytes("POST", session + "/consume", "{}", "Accept-Encoding", "gzip");
    var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()));
    assertEquals(500, GivenServer.JSON.readTree(in).get("records").size());
    two.send("PUT", session + "/assignment", "{\"topics\":{\"" + topic + "\":[0]}}").ok();
    assertEquals(0, one.members(group));
    two.delete(session).ok();
    assertEquals(404, one.get(session + "/position").status());
    assertEquals(404, two.get(session + "/position").status());
  }

  @Test
  @DisplayName("each streams what the other reads")
  void streams() throws IOException {
    var topic = one.topic(1);
    var id = one.subscribe("group-" + UUID.randomUUID(), topic, EARLIEST);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(two.open("/api/consumers/" + id + "/stream").body(), UTF_8))) {
      assertEquals("retry: 1000", lines.readLine());
      one.produce(topic, 0, 0, 1);
      var line = lines.readLine();
      while (line != null && !line.startsWith("data: ")) {
        line = lines.readLine();
      }
      assertTrue(String.valueOf(line).contains("value-0"), line);
    }
  }

  @Test
  @DisplayName("one reads for a group, whichever is asked, and each record is read once")
  void groups() {
    var topic = one.topic(2);
    one.produce(topic, 0, 0, 100);
    one.produce(topic, 1, 100, 200);
    var group = groupOfOne();

    var all = new ArrayList<String>();
    for (int i = 0; all.size() < 200 && i < 60; i++) {
      var asked = i % 2 == 0 ? two : one;
      all.addAll(values(asked.post("/consume", read(topic, group, 7)).ok(), "messages"));
    }

    assertEquals(1, one.members(group));
    assertEquals(200, all.size());
    assertEquals(200, new HashSet<>(all).size());
  }

  @Test
  @DisplayName("one takes its records back when the caller of the other did not get them")
  void lostAnswers() throws IOException {
    var topic = one.topic(1);
    var group = groupOfOne();
    // So large that it cannot all wait in sockets.
    for (int i = 0; i < 40; i++) {
      one.produce(new ProducerRecord<>(topic, new byte[0], "x".repeat(500_000).getBytes(UTF_8)));
    }
    var body = read(topic, group, 40);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), two.port())) {
      socket.setReceiveBufferSize(4_096);
      socket
          .getOutputStream()
          .write(
              ("POST /consume HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(UTF_8));
      assertEquals('H', socket.getInputStream().read());
    }

    var again = two.post("/consume", read(topic, group, 1)).ok();

    assertEquals(0, again.at("/messages/0/offset").asInt(-1));
  }

  @Test
  @DisplayName("one goes, and the other reads for its groups and tells of its sessions")
  void gone() {
    var topic = one.topic(1);
    one.produce(topic, 0, 0, 10);
    var group = groupOfOne();
    assertEquals(
        expected(0, 4), values(two.post("/consume", read(topic, group, 4)).ok(), "messages"));
    var id = one.subscribe("group-" + UUID.randomUUID(), topic, EARLIEST);

    one.stop();

    var session = "/api/consumers/" + id + "/position";
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> {
          var answer = two.get(session);
          assertTrue(
              answer.status() == 404
                  || (answer.status() == 503
                      && answer.response().headers().firstValue("Retry-After").isPresent()),
              answer.response().body());
          return answer.status() == 404;
        });
    assertEquals(
        expected(4, 10), values(two.post("/consume", read(topic, group, 6)).ok(), "messages"));
  }

  @Test
  @DisplayName("each answers by itself what the other has handed on")
  void oneHop() {
    var topic = one.topic(1);
    var id = one.subscribe("group-" + UUID.randomUUID(), topic, EARLIEST);
    var handedOn =
        two.send("GET", "/api/consumers/" + id + "/position", "", "Kafka-Fetch-Forwarded", "1");
    assertEquals(404, handedOn.status());
    assertEquals(404, two.get("/api/consumers/nobody." + UUID.randomUUID() + "/position").status());
    assertEquals(404, two.send("PUT", "/fleet/loans/none", "{\"delivered\":true}").status());
  }
}
