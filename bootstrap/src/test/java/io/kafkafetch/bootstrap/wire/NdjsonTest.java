package io.kafkafetch.bootstrap.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NdjsonTest {
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = new WiredServer(EmbeddedKafka.shared().bootstrapServers());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String line(String topic, int number) {
    return "{\"topic\":\"" + topic + "\",\"enrich\":false,\"message\":" + number + "}\n";
  }

  private static List<JsonNode> lines(String body) {
    return body.lines()
        .map(line -> {
          try {
            return WiredServer.JSON.readTree(line);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }

  @Test
  void everyLineIsAnsweredInOrder() throws Exception {
    var topic = server.topic(1);

    var answer =
        server.post(
            "/produce/batch",
            line(topic, 1) + "\n" + line(topic, 2).strip(),
            "Content-Type",
            "application/x-ndjson");

    assertEquals(200, answer.status());
    assertEquals("application/x-ndjson", answer.header("Content-Type"));
    var results = lines(answer.body());
    assertEquals(2, results.size(), answer.body());
    assertEquals(1, results.get(1).get("offset").asInt());
  }

  @Test
  void aWrongLineIsAnsweredAndTheNextIsRead() throws Exception {
    var topic = server.topic(1);
    var body =
        line(topic, 1)
            + "{\"topic\":\n"
            + "{\"topic\":\""
            + topic
            + "\"}\n"
            + "{\"topic\":\""
            + topic
            + "\",\"message\":\""
            + "x".repeat(3 << 20)
            + "\"}\n"
            + "{\"topic\":\""
            + topic
            + "\",\"message\":1,\"partition\":5}\n"
            + line(topic, 2);

    var results =
        lines(
            server
                .post("/produce/batch", body, "Content-Type", "application/x-ndjson; charset=utf-8")
                .body());

    var statuses = results.stream().map(result -> result.path("status").asInt(200)).toList();
    assertEquals(List.of(200, 400, 422, 413, 422, 200), statuses);
    assertEquals(2, results.get(1).get("line").asInt());
  }

  @Test
  void resultsComeWhileRecordsAreStillBeingSent() throws Exception {
    var topic = server.topic(1);
    try (var socket = open("")) {
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));

      for (int i = 0; i < 3; i++) {
        chunk(socket, line(topic, i));
        String result = reader.readLine();
        while (result != null && !result.startsWith("{")) {
          result = reader.readLine();
        }
        assertTrue(String.valueOf(result).contains("\"offset\":" + i), result);
      }
    }
  }

  @Test
  void aHundredThousandRecordsArriveOnceEachInOrderWithFlatMemory() throws Exception {
    var topic = server.topic(1);
    int records = 100_000;
    var memory = new ArrayList<Long>();
    var parts =
        IntStream.range(0, records / 1_000)
            .mapToObj(part -> {
              if (part % 40 == 15) {
                memory.add(usedMemory());
              }
              return bytes(topic, part * 1_000, 1_000);
            })
            .iterator();
    InputStream body = new SequenceInputStream(new Parts(parts));

    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(server.uri("/produce/batch"))
                  .header("Content-Type", "application/x-ndjson")
                  .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                  .build(),
              HttpResponse.BodyHandlers.ofLines());
      long acknowledged =
          answer.body().filter(result -> result.startsWith("{\"success\":true")).count();
      assertEquals(records, acknowledged);
    }

    assertTrue(memory.getLast() - memory.getFirst() < 16 << 20, memory.toString());
    var seen = new ArrayList<Integer>();
    Written.eachIn(
        EmbeddedKafka.shared().bootstrapServers(),
        topic,
        record -> seen.add(Integer.parseInt(Written.text(record.value()))));
    assertEquals(IntStream.range(0, records).boxed().toList(), seen);
  }

  /** Made one by one, as they are read. */
  @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
  private record Parts(Iterator<? extends InputStream> parts) implements Enumeration<InputStream> {
    @Override
    public boolean hasMoreElements() {
      return parts.hasNext();
    }

    @Override
    public InputStream nextElement() {
      return parts.next();
    }
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** As many clients do: all is written before anything is read. */
  @Test
  void aCallerWhoReadsAtTheEndIsServedToo() throws Exception {
    var topic = server.topic(1);
    int records = 40_000;
    try (var socket = open("Connection: close\r\n")) {
      for (int i = 0; i < records; i += 1_000) {
        chunk(socket, new String(bytes(topic, i, 1_000).readAllBytes(), UTF_8));
      }
      socket.getOutputStream().write("0\r\n\r\n".getBytes(UTF_8));

      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertTrue(answer.contains("\"offset\":" + (records - 1)), "all are answered");
    }
  }

  private static java.io.ByteArrayInputStream bytes(String topic, int from, int count) {
    var all = new StringBuilder();
    IntStream.range(from, from + count).forEach(i -> all.append(line(topic, i)));
    return new java.io.ByteArrayInputStream(all.toString().getBytes(UTF_8));
  }

  private static Socket open(String headers) throws IOException {
    var socket = new Socket(server.api.address().getAddress(), server.api.address().getPort());
    socket
        .getOutputStream()
        .write(
            ("POST /produce/batch HTTP/1.1\r\nHost: localhost\r\n"
                    + headers
                    + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(UTF_8));
    return socket;
  }

  private static void chunk(Socket socket, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    var out = socket.getOutputStream();
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }
}
