package io.kafkafetch.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Dead letters over HTTP, before there are any")
class DeadLetterRoutesTest {
  private final TestApi api = TestApi.open();
  private final String path = "/consumers/" + api.payments() + "/dead-letters";

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  @DisplayName("are an empty page that names the topic")
  void empty() {
    var page = api.get(path).json();

    assertEquals("payments.payment_group.dead-letter", page.get("dead_letter_topic").asText());
    assertEquals(0, page.get("dead_letters").size());
    assertTrue(page.get("next_cursor").isNull());
  }

  @Test
  @DisplayName("of an unknown consumer are a 404 on every route")
  void unknown() {
    var nobody = "/consumers/nobody/dead-letters";

    assertEquals(404, api.get(nobody).status());
    assertEquals(404, api.post(nobody + "/redrive", "").status());
    assertEquals(404, api.get(nobody + "/redrive").status());
    assertEquals(404, api.delete(nobody + "/redrive").status());
    assertEquals(404, api.post(nobody + "/purge", "{\"all\": true}").status());
    assertEquals("Consumer nobody not found", api.get(nobody).detail());
  }

  @Test
  @DisplayName("can be redriven and purged all the same")
  void nothing() {
    assertEquals(404, api.get(path + "/redrive").status());
    assertEquals(409, api.delete(path + "/redrive").status());
    assertEquals(
        0,
        api.post(path + "/redrive", "{\"dry_run\": true}").json().at("/counts/selected").asInt());
    assertEquals(
        0, api.post(path + "/purge", "{\"all\": true}").json().get("dead_letters").asInt());
    assertEquals(202, api.post(path + "/redrive", "").status());
  }

  @ParameterizedTest(name = "{0}: {1} is told about {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "redrive | {\"offsets\": []}                      | offsets",
        "redrive | {\"offsets\": [1, \"2\"]}              | offsets[1]",
        "redrive | {\"offsets\": [-1]}                    | offsets",
        "redrive | {\"partition\": -1}                    | partition",
        "redrive | {\"since\": \"yesterday\"}             | since",
        "redrive | {\"to_processor\": \"nobody\"}         | to_processor",
        "redrive | {\"rate_per_second\": 0}               | rate_per_second",
        "redrive | {\"max_attempts\": 0}                  | max_attempts",
        "redrive | {\"everything\": true}                 | everything",
        "purge   | {}                                     | before_offset",
        "purge   | {\"all\": true, \"before_offset\": 1}  | before_offset",
        "purge   | {\"before_offset\": -1}                | before_offset",
      })
  void wrong(String what, String body, String field) {
    var answer = api.post(path + "/" + what, body);

    assertEquals(422, answer.status(), answer.body());
    assertEquals(field, answer.json().at("/errors/0/field").asText(), answer.body());
  }

  @Test
  @DisplayName("take a cursor from a Link alone")
  void cursor() {
    var answer = api.get(path + "?cursor=next");

    assertEquals(422, answer.status());
    assertEquals("cursor", answer.json().at("/errors/0/field").asText());
  }
}
