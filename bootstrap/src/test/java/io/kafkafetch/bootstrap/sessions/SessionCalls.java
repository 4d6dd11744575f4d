package io.kafkafetch.bootstrap.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.bootstrap.sessions.GivenServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A group of its own for each test, on one server for each class, and the calls of a session. */
abstract class SessionCalls {
  static final String EARLIEST = ",\"auto_offset_reset\":\"earliest\",\"format\":\"text\"";
  static final String TEXT = ",\"format\":\"text\"";
  static GivenServer server;

  @BeforeAll
  static void open() {
    server = new GivenServer();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  final String group = "group-" + UUID.randomUUID();

  static List<String> values(JsonNode answer) {
    var values = new ArrayList<String>();
    answer.get("records").forEach(each -> values.add(each.get("value").asText()));
    return values;
  }

  static List<String> expected(int from, int to) {
    return java.util.stream.IntStream.range(from, to).mapToObj(i -> "value-" + i).toList();
  }

  static Answer call(String id, String what, String body) {
    return server.post("/api/consumers/" + id + "/" + what, body);
  }

  static String delete(String id) {
    return server.delete("/api/consumers/" + id).ok().get("message").asText();
  }
}
