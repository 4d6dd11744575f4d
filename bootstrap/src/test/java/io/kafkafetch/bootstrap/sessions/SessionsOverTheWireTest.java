package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The answer of a session")
final class SessionsOverTheWireTest {
  private static final String EARLIEST = ",\"auto_offset_reset\":\"earliest\"";
  private static GivenServer server;

  @BeforeAll
  static void open() {
    server = new GivenServer();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private final String group = "group-" + UUID.randomUUID();

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private String given(String topic, String format) {
    return server.subscribe(group, topic, EARLIEST + ",\"format\":\"" + format + "\"");
  }

  private static void produceOneOfEachKind(String topic) {
    var values =
        List.of(
            bytes("{\"a\": [1, 2.50,\n null]}"),
            bytes("plain ü"),
            new byte[] {(byte) 0xc3, 0x28},
            bytes("\"text \uFFFD\""),
            new byte[0]);
    for (var value : values) {
      server.produce(new ProducerRecord<>(topic, bytes("key"), value));
    }
    server.produce(new ProducerRecord<>(topic, null, null));
    var headed = new ProducerRecord<>(topic, bytes("7"), bytes("1"));
    headed.headers().add("trace", bytes("abc"));
    headed.headers().add(new RecordHeader("none", (byte[]) null));
    headed.headers().add("binary", new byte[] {(byte) 0xff});
    server.produce(headed);
  }

  @Test
  void showsJsonWhereItIsJson() {
    var topic = server.topic(1);
    produceOneOfEachKind(topic);
    var id = given(topic, "json");
    var records = server.consume(id, "{}").get("records");
    assertEquals("{\"a\":[1,2.5,null]}", records.get(0).get("value").toString());
    assertEquals("key", records.get(0).get("key").asText());
    assertEquals("text", records.get(0).get("key_format").asText());
    assertEquals("plain ü", records.get(1).get("value").asText());
    assertEquals("text", records.get(1).get("value_format").asText());
    assertEquals("wyg=", records.get(2).get("value").asText());
    assertEquals("base64", records.get(2).get("value_format").asText());
    assertEquals("text \uFFFD", records.get(3).get("value").asText());
    assertEquals("", records.get(4).get("value").asText());
    assertTrue(records.get(5).get("value").isNull());
    assertEquals(7, records.get(6).get("key").asInt());
    assertEquals(
        "{\"trace\":\"abc\",\"none\":null,\"binary\":\"/w==\"}",
        records.get(6).get("headers").toString());
  }

  @Test
  void showsTextWhereItIsText() {
    var topic = server.topic(1);
    produceOneOfEachKind(topic);
    var records = server.consume(given(topic, "text"), "{}").get("records");
    assertEquals("{\"a\": [1, 2.50,\n null]}", records.get(0).get("value").asText());
    assertEquals("wyg=", records.get(2).get("value").asText());
    assertEquals("base64", records.get(2).get("value_format").asText());
    assertEquals("\"text \uFFFD\"", records.get(3).get("value").asText());
  }

  @Test
  void isPackedForWhoAsksForIt() throws IOException {
    var topic = server.topic(1);
    server.produce(topic, 0, 0, 500);
    var id = given(topic, "text");
    var packed =
        server.bytes(
            "POST", "/api/consumers/" + id + "/consume", "{}", "Accept-Encoding", "br, gzip;q=0.5");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
    var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()));
    assertEquals(500, GivenServer.JSON.readTree(in).get("records").size());
    assertEquals(
        "",
        server
            .bytes("GET", "/api/consumers/" + id + "/position", "")
            .headers()
            .firstValue("Content-Encoding")
            .orElse(""));
  }

  @Test
  void isAStreamForWhoReadsOn() throws IOException {
    var topic = server.topic(2);
    var id = given(topic, "json");
    String last;
    try (var events = new Events(server, id)) {
      server.produce(topic, 0, 0, 2);
      var first = events.records(2);
      assertEquals(List.of("value-0", "value-1"), values(first));
      assertEquals(409, server.post("/api/consumers/" + id + "/consume", "{}").status());
      last = events.lastId;
      server.produce(topic, 1, 2, 3);
      assertEquals(List.of("value-2"), values(events.records(1)));
    }
    // The server does not know yet that the reader has gone, but lets the next take over.
    server.produce(topic, 0, 3, 4);
    try (var events = new Events(server, id, "Last-Event-ID", last)) {
      assertEquals(200, events.status);
      assertEquals(Set.of("value-2", "value-3"), Set.copyOf(values(events.records(2))));
    }
    assertEquals(
        400,
        server
            .open("/api/consumers/" + id + "/stream", "Last-Event-ID", "never an id")
            .statusCode());
  }

  @Test
  void isAStreamThatEndsWithItsSession() throws IOException {
    var topic = server.topic(1);
    var id = given(topic, "json");
    try (var events = new Events(server, id)) {
      server.delete("/api/consumers/" + id).ok();
      var end = events.next();
      assertNotNull(end);
      assertEquals(404, end.get("status").asInt());
    }
  }

  private static List<String> values(List<JsonNode> records) {
    return records.stream().map(each -> each.get("value").asText()).toList();
  }

  /** Reads server-sent events. */
  private static final class Events implements AutoCloseable {
    final int status;
    private final BufferedReader lines;
    String lastId = "";

    Events(GivenServer server, String id, String... headers) {
      var response = server.open("/api/consumers/" + id + "/stream", headers);
      status = response.statusCode();
      lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /** The data of the next event. */
    JsonNode next() throws IOException {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        }
        if (line.startsWith("data: ")) {
          return GivenServer.JSON.readTree(line.substring(6));
        }
      }
      throw new IOException("The stream ended");
    }

    List<JsonNode> records(int count) throws IOException {
      var records = new ArrayList<JsonNode>();
      while (records.size() < count) {
        next().get("records").forEach(records::add);
      }
      return records;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
