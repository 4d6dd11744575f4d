package io.kafkafetch.adapter.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.JSON;
import org.junit.jupiter.api.Test;

class SpecJsonTest {
  private static final UUID ID = new UUID(1, 2);
  private static final SpecJson PLAIN = new SpecJson(Optional.empty());

  /** The form of version 1, which every later version reads. */
  private static final String FORM_1 =
      """
      {"v":1,"cluster":{"bootstrap_servers":["localhost:9092"],"client_config":{}},\
      "topic":"orders","consumer_group":"billing","processors":[\
      {"id":"00000000-0000-0001-0000-000000000002","type":"file_sink",\
      "created_at":"2026-11-05T12:00:00.123456Z","updated_at":"2026-11-05T12:00:00.123456Z",\
      "config":{"file_path":"/x"}}],\
      "tasks_max":1,"auto_offset_reset":"earliest",\
      "delivery":{"max_batch_records":500,"max_batch_bytes":1048576,"linger":"PT0S",\
      "commit_interval":"PT1S","retry":{"initial":"PT0.2S","max":"PT30S","jitter":0.2},\
      "dead_letter":{"enabled":true}}}\
      """;

  private static ConsumerSpec spec(ProcessorConfig config) {
    var plain = Given.spec("orders", "billing");
    return new ConsumerSpec(
        plain.cluster(),
        plain.topic(),
        plain.group(),
        List.of(new ProcessorSpec(ID, "file_sink", config, Given.NOON, Given.NOON)),
        plain.tasksMax(),
        plain.offsetReset(),
        new DeliveryPolicy(
            500,
            1 << 20,
            Duration.ZERO,
            Duration.ofSeconds(1),
            RetryPolicy.DEFAULT,
            DeadLetterPolicy.DEFAULT));
  }

  private static ConsumerSpec spec() {
    return spec(new ProcessorConfig(Map.of("file_path", "/x")));
  }

  @Test
  void theStoredFormStaysWhatItIs() {
    assertEquals(FORM_1, PLAIN.write(spec()).data());
    assertEquals(spec(), PLAIN.read(JSON.json(FORM_1)));
  }

  @Test
  void whatANewerVersionAddedIsPassedOver() {
    var newer =
        FORM_1
            .replace("\"v\":1", "\"v\":2,\"new\":{\"a\":[1]}")
            .replace("\"jitter\"", "\"shape\":\"linear\",\"jitter\"")
            .replace("\"type\":", "\"enabled\":false,\"type\":");

    assertEquals(spec(), PLAIN.read(JSON.json(newer)));
  }

  @Test
  void aNullIsAsGoodAsNothing() {
    var withNull = FORM_1.replace("\"enabled\":true", "\"enabled\":true,\"topic\":null");

    assertEquals(spec(), PLAIN.read(JSON.json(withNull)));
  }

  @Test
  void everythingIsAscii() {
    var odd = PLAIN.write(Given.oddSpec()).data();

    assertTrue(odd.chars().allMatch(c -> c >= 0x20 && c < 0x7F), odd);
  }

  @Test
  void whatCannotBeReadSaysWhyAndQuotesNoValue() {
    for (var broken :
        List.of(
            "secret",
            "{}",
            FORM_1.replace("\"topic\":\"orders\"", "\"topic\":[\"secret\"]"),
            FORM_1.replace("earliest", "secret"),
            FORM_1.replace("PT30S", "secret"),
            FORM_1.replace("localhost:9092", "secret"),
            FORM_1.replace("\"tasks_max\":1", "\"tasks_max\":0"),
            FORM_1.replace("\"tasks_max\":1", "\"tasks_max\":99999999999"),
            FORM_1.replace("\"tasks_max\":1", "\"tasks_max\":1.5"),
            FORM_1.replace("\"/x\"", "null"))) {
      var unreadable =
          assertThrows(Json.Unreadable.class, () -> PLAIN.read(JSON.json(broken)), () -> broken);

      assertFalse(String.valueOf(unreadable.getMessage()).contains("secret"), broken);
    }
  }

  @Test
  void aConfigurationTakesNothingThatJsonCannotGiveBack() {
    for (Object value : List.of(1, Double.NaN, Double.POSITIVE_INFINITY, 'c', new Object())) {
      assertThrows(
          IllegalArgumentException.class,
          () -> PLAIN.write(spec(new ProcessorConfig(Map.of("key", value)))),
          () -> value.getClass() + " " + value);
    }
  }
}
