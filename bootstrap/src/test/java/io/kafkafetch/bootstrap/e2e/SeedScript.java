package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what the seed's script prints: JSON as {@code jq} lays it out, between other lines. */
final class SeedScript {
  private static final Pattern JSON = Pattern.compile("(?ms)^[{\\[]$.*?^[}\\]]$");

  private SeedScript() {}

  static List<JsonNode> answers(String printed) {
    var answers = new ArrayList<JsonNode>();
    var matcher = JSON.matcher(printed);
    while (matcher.find()) {
      answers.add(Api.parsed(matcher.group()));
    }
    return answers;
  }

  /** The consumer that an answer is about; lists hold one. */
  static JsonNode one(JsonNode answer) {
    if (answer.isArray()) {
      for (var entry : answer) {
        if (entry.get("topic").asText().equals("payments")) {
          return entry;
        }
      }
    }
    return answer;
  }

  static String status(JsonNode answer) {
    return one(answer).path("status").asText();
  }

  static String id(List<JsonNode> answers) {
    return one(answers.getFirst()).get("consumer_id").asText();
  }

  /** The fields that the seed shows, of the kinds that it shows. */
  static void assertShapeOfTheSeed(JsonNode answer) {
    var consumer = one(answer);
    for (var text : List.of("consumer_id", "broker_ip", "topic", "consumer_group", "status")) {
      assertTrue(consumer.path(text).isTextual(), () -> text + " in " + consumer);
    }
    assertTrue(consumer.path("broker_port").isInt(), consumer::toString);
    assertTime(consumer, "created_at");
    assertTime(consumer, "updated_at");
    assertEquals(1, consumer.path("processor_configs").size(), consumer::toString);
    var processor = consumer.at("/processor_configs/0");
    assertEquals(36, processor.path("id").asText().length(), consumer::toString);
    assertEquals("file_sink", processor.path("processor_type").asText());
    assertEquals("/var/log/payment_messages.log", processor.at("/config/file_path").asText());
    assertTime(processor, "created_at");
    assertTime(processor, "updated_at");
  }

  private static void assertTime(JsonNode thing, String field) {
    assertTrue(
        thing.path(field).asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"),
        () -> field + " in " + thing);
  }
}
