package io.kafkafetch.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A hostile body")
class HostileBodiesTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.open();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @Test
  @DisplayName("nested without end, or with endless numbers and names, is a 400")
  void endless() {
    for (var body :
        new String[] {
          "[".repeat(1_000_000),
          "{\"a\":".repeat(150_000),
          "[" + "9".repeat(1_000_000) + "]",
          "{\"" + "n".repeat(1_000_000) + "\": 1}",
          "[1e999999999]"
        }) {
      var answer = api.post("/consumers", body);
      assertTrue(answer.status() == 400 || answer.status() == 422, answer.body());
      assertFalse(answer.body().contains("StreamReadConstraints"), answer.body());
    }
  }

  @Test
  @DisplayName("that is packed is a 415")
  void packed() {
    assertEquals(
        415, api.post("/consumers", TestApi.PAYMENTS, "Content-Encoding", "gzip").status());
  }

  @Test
  @DisplayName("of 60 MB is a 413 that a sender who only looks when done still sees")
  void sixtyMegabytes() throws IOException {
    for (var path : new String[] {"/consumers", "/nowhere"}) {
      for (boolean chunked : new boolean[] {false, true}) {
        try (var socket = new Socket(api.api.address().getAddress(), api.port())) {
          var out = socket.getOutputStream();
          send60Megabytes(out, path, chunked);
          var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
          assertProblem(answer, path.equals("/consumers") ? 413 : 404);
        }
      }
    }
  }

  private static void send60Megabytes(OutputStream out, String path, boolean chunked)
      throws IOException {
    var block = new byte[1 << 20];
    Arrays.fill(block, (byte) ' ');
    out.write(
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + 60 * block.length)
                + "\r\n\r\n")
            .getBytes(ISO_8859_1));
    for (int i = 0; i < 60; i++) {
      if (chunked) {
        out.write("100000\r\n".getBytes(ISO_8859_1));
      }
      out.write(block);
      if (chunked) {
        out.write("\r\n".getBytes(ISO_8859_1));
      }
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }
    out.flush();
  }

  @Test
  @DisplayName("that is announced as too large is refused before it is sent")
  void announced() throws IOException {
    var head =
        """
        POST /consumers HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: 60000000
        """;
    assertProblem(raw(RawHttp.crlf(head + "Expect: 100-continue\n\n")), 413);
    assertProblem(raw(RawHttp.crlf(head + "\n")), 413);
  }

  @Test
  @DisplayName("that ends too early is not taken for a request")
  void cutShort() throws IOException {
    try (var socket = new Socket(api.api.address().getAddress(), api.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /consumers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 5000\r\n\r\n"
                      + TestApi.PAYMENTS)
                  .getBytes(ISO_8859_1));
      socket.shutdownOutput();
      var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertFalse(answer.contains("201 Created"), answer);
    }
  }

  private static void assertProblem(String answer, int status) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(
        answer.toLowerCase(Locale.ROOT).contains("content-type: application/problem+json"), answer);
    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
    assertTrue(answer.contains("\"status\":" + status + ","), answer);
    assertTrue(answer.contains("\"detail\":\""), answer);
    assertFalse(answer.contains("Server:"), answer);
    assertFalse(answer.contains("org.eclipse"), answer);
  }

  private static String raw(String request) throws IOException {
    return RawHttp.send(api.api.address(), request);
  }
}
