package io.kafkafetch.bootstrap.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A session refuses")
final class SessionRefusalsTest extends SessionCalls {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          consume    | {"max_records": 0}          | max_records        | 1 to 10000
          consume    | {"max_records": 10001}      | max_records        | 1 to 10000
          consume    | {"timeout_ms": -1}          | timeout_ms         | 0 to 300000
          consume    | {"timeout_ms": 300001}      | timeout_ms         | 0 to 300000
          consume    | {"max_bytes_total": 1023}   | max_bytes_total    | 1024 to 104857600
          consume    | {"max_bytes_total": 104857601} | max_bytes_total | 1024 to 104857600
          consume    | {"max_record": 1}           | max_record         | not a known field
          commit     | {"offsets": {}}             | offsets            | at least one partition
          commit     | {"offsets": {"t": {"x": 1}}} | offsets.t         | numbers of partitions
          commit     | {"offsets": {"t": {"0": -1}}} | offsets.t.0      | 0 or more
          commit     | {"offsets": {"t": {"0": 1}}} | offsets.t.0       | not assigned
          seek       | {"topic":"t","partition":0} | offset             | "to" instead
          seek       | {"topic":"t","partition":0,"offset":0} | partition | not assigned
          seek       | {"topic":"t","partition":0,"to":"x"} | to        | "beginning"
          """)
  void refusesWhatIsOutOfRange(String what, String body, String field, String says) {
    var id = server.subscribe(group, server.topic(1), "");
    var refused = call(id, what, body);
    assertEquals(400, refused.status(), refused.response().body());
    assertEquals(field, refused.json().get("errors").get(0).get("field").asText());
    assertTrue(
        refused.json().get("errors").get(0).get("message").asText().contains(says),
        refused.response().body());
    delete(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"topics":["t"]}                                          | 400 | group_id
          {"group_id":"g"}                                          | 400 | topics
          {"group_id":"g","topics":[]}                              | 400 | 1 to 1000 topics
          {"group_id":"g","topics":["t"],"session_timeout_ms":999}  | 400 | 1000 to 300000
          {"group_id":"g","topics":["t"],"session_timeout_ms":300001} | 400 | 1000 to 300000
          {"group_id":"g","topics":["t"],"auto_offset_reset":"x"}   | 400 | earliest or latest
          {"group_id":"g","topics":["t"],"format":"xml"}            | 400 | base64, json, text
          {"group_id":"g","topics":["no-such-topic"]}               | 404 | no-such-topic
          {"group_id":"g",                                          | 400 | not valid JSON
          """)
  void isNotOpenedForWhatIsWrong(String body, int status, String says) {
    var refused = server.post("/api/consumers/subscribe", body);
    assertEquals(status, refused.status(), refused.response().body());
    assertTrue(refused.detail().contains(says), refused.detail());
  }
}
