package io.kafkafetch.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Hostile input")
class HostileInputTest {
  private static TestApi api;

  @BeforeAll
  static void open() {
    api = TestApi.open();
  }

  @AfterAll
  static void close() {
    api.close();
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("that the server below refuses is answered as a problem")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GARBAGE\\r\\n\\r\\n                                                        | 400
          GET / HTTP/1.1\\r\\n\\r\\n                                                 | 400
          GET / HTTP/9.9\\r\\nHost: localhost\\r\\n\\r\\n                            | 505
          GET /%zz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                         | 400
          GET /a%00b HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                       | 400
          GET /../etc/passwd HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n               | 400
          GET http://evil.example/ HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n         | 400
          GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n                                  | 400
          GET / HTTP/1.1\\r\\nHost: localhost\\r\\nHost: localhost\\r\\n\\r\\n       | 400
          GET / HTTP/1.1\\r\\nHost: localhost\\r\\nExpect: tea\\r\\n\\r\\n           | 417
          POST /consumers HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: -1\\r\\n\\r\\n | 400
          POST /consumers HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabc | 400
          POST /consumers HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nabc | 400
          POST /consumers HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz\\r\\n | 400
          FOO / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                            | 501
          foo / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                            | 501
          TRACE / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                          | 405
          CONNECT localhost:1 HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n              | 400
          PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n                                   | 426
          """)
  void refusedBelow(String request, int status) throws IOException {
    var answer = raw(request.replace("\\r\\n", "\r\n"));

    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertProblem(answer, status);
  }

  @Test
  @DisplayName("in headers that are too large is a 431, in an address that is too long a 414")
  void tooLargeHead() throws IOException {
    var header = raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");
    var address = raw("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    var many = new StringBuilder("GET / HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = 0; i < 20_000; i++) {
      many.append("X").append(i).append(": y\r\n");
    }

    assertProblem(header, 431);
    assertProblem(address, 414);
    assertProblem(raw(many + "\r\n"), 431);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("that is no JSON is a 400 that says where")
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\": 1,}",
        "{\"a\": 1} x",
        "{'a': 1}",
        "nul",
        "NaN",
        "[1 2]",
        "{\"topic\": \"a\", \"topic\": \"b\"}",
        "{\"a\": \"\u0001\"}",
        "10"
      })
  void noJson(String body) {
    var answer = api.post("/consumers", body);

    if (body.equals("10")) {
      assertEquals(422, answer.status());
      return;
    }
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.detail().startsWith("The body"), answer.detail());
    if (body.length() > 1) {
      assertTrue(answer.detail().contains("at line 1, column "), answer.detail());
    }
    assertFalse(answer.body().contains("com.fasterxml"));
  }

  @Test
  @DisplayName("that is not UTF-8 is a 400")
  void notUtf8() throws IOException {
    for (var bytes :
        new byte[][] {
          {'"', (byte) 0xff, '"'},
          {'"', (byte) 0xc0, (byte) 0x80, '"'},
          {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
          {0, '"', 0, '"'},
          {(byte) 0xfe, (byte) 0xff, 0, '1'}
        }) {
      var body = new String(bytes, ISO_8859_1);
      var answer =
          raw(
              "POST /consumers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + bytes.length
                  + "\r\n\r\n"
                  + body);
      assertProblem(answer, 400);
    }
  }

  @Test
  @DisplayName("with NUL or half a surrogate pair in a text is a 422")
  void uncleanText() {
    for (var text : new String[] {"\\u0000", "\\ud800", "\\udc00x"}) {
      var answer = api.post("/consumers", TestApi.PAYMENTS.replace("payments\"", text + "\""));
      assertEquals(422, answer.status());
      assertEquals("topic", answer.json().at("/errors/0/field").asText());
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("of another type is a 415")
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain",
        "application/json; charset=utf-16",
        "multipart/form-data; boundary=x"
      })
  void otherType(String type) {
    assertEquals(415, api.post("/consumers", TestApi.PAYMENTS, "Content-Type", type).status());
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("is not what JSON with a charset or without a type is")
  @ValueSource(
      strings = {
        "Content-Type: application/json\r\n",
        "Content-Type: application/json;charset=UTF-8\r\n",
        "Content-Type: Application/JSON; charset=\"utf-8\"\r\n",
        "Content-Type: application/vnd.payments+json\r\n",
        ""
      })
  void rightType(String header) throws IOException {
    var answer =
        raw(
            "POST /consumers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + header
                + "Content-Length: "
                + TestApi.PAYMENTS.length()
                + "\r\n\r\n"
                + TestApi.PAYMENTS);
    assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
  }

  @Test
  @DisplayName("that asks for a web socket is a problem, too")
  void webSocket() throws IOException {
    var answer =
        raw(
            RawHttp.crlf(
                """
                GET / HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """));
    assertProblem(answer, 404);
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
