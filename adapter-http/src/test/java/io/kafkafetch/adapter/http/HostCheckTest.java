package io.kafkafetch.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Host and Origin")
class HostCheckTest {
  @ParameterizedTest(name = "Host {0}, Origin {1}: {2}")
  @DisplayName("of elsewhere are refused by a server on loopback")
  @CsvSource({
    "localhost, '', 200",
    "LOCALHOST:8000, '', 200",
    "localhost.:8000, '', 200",
    "127.0.0.1:8000, '', 200",
    "127.1.2.3, '', 200",
    "[::1]:8000, '', 200",
    "[0:0:0:0:0:0:0:1], '', 200",
    "localhost:8000, http://localhost:8000, 200",
    "localhost:8000, https://localhost:8000, 200",
    "localhost:8000, http://localhost:9000, 403",
    "localhost:8000, http://127.0.0.1:8000, 403",
    "localhost, http://evil.example, 403",
    "localhost, null, 403",
    "localhost, file://, 403",
    "evil.example, '', 403",
    "evil.example, http://evil.example, 403",
    "localhost.evil.example, '', 403",
    "127.0.0.1.evil.example, '', 403",
    "192.168.0.1, '', 403",
    "[fe80::1], '', 403",
    "0.0.0.0, '', 403",
  })
  void onLoopback(String host, String origin, int status) throws Exception {
    try (var api = TestApi.open()) {
      assertStatus(api, host, origin, status);
    }
  }

  @ParameterizedTest(name = "Host {0}: {1}")
  @DisplayName("may be any name of the machine and the allowed ones where HTTP_HOST says so")
  @CsvSource({
    "localhost, 200",
    "127.0.0.1, 200",
    "api.example.com, 200",
    "API.example.com:80, 200",
    "a.wild.example, 200",
    "b.a.wild.example:1, 200",
    "wild.example, 403",
    "example.com, 403",
    "8.8.8.8, 403",
  })
  void onEveryAddress(String host, int status) throws Exception {
    var settings =
        new HttpSettings(
            Optional.of("0.0.0.0"),
            0,
            Set.of("api.example.com", "*.wild.example"),
            HttpLimits.defaults());
    try (var api = TestApi.open(settings)) {
      assertStatus(api, host, "", status);
    }
  }

  @Test
  @DisplayName("may be anything where anything is allowed, but a page's origin stays its own")
  void anything() throws Exception {
    var settings = new HttpSettings(Optional.empty(), 0, Set.of("*"), HttpLimits.defaults());
    try (var api = TestApi.open(settings)) {
      assertStatus(api, "any.example", "", 200);
      assertStatus(api, "any.example", "http://evil.example", 403);
    }
  }

  private static void assertStatus(TestApi api, String host, String origin, int status)
      throws Exception {
    var answer =
        RawHttp.send(
            api.api.address(),
            "GET / HTTP/1.1\r\nHost: "
                + host
                + "\r\n"
                + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n")
                + "\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertEquals(status == 403, answer.contains("application/problem+json"));
  }
}
