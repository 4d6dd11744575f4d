package io.kafkafetch.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.domain.event.Environment;
import io.kafkafetch.domain.event.EventMetadata;
import io.kafkafetch.domain.event.EventPayload;
import io.kafkafetch.domain.event.EventSource;
import io.kafkafetch.domain.event.EventType;
import io.kafkafetch.domain.event.WorkflowEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowEventCodecTest {
  static final String VALID =
      """
      {"event_id": "6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c", "event_type": "workflow.failed",
       "timestamp": "2026-01-02T03:04:05.678901Z", "source": "langgraph",
       "workflow_id": "daily", "workflow_run_id": "run-1",
       "payload": {"data": {"rows": 3, "ratio": 0.10, "tags": ["a", null], "deep": {"x": true}}},
       "metadata": {"environment": "prod", "version": "2.1"}}\
      """;

  private final WorkflowEventCodec codec = new WorkflowEventCodec();

  @Test
  void everyFieldOfTheContractIsRead() {
    assertEquals(
        new WorkflowEvent(
            UUID.fromString("6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c"),
            EventType.WORKFLOW_FAILED,
            OffsetDateTime.parse("2026-01-02T03:04:05.678901Z"),
            EventSource.LANGGRAPH,
            "daily",
            "run-1",
            new EventPayload(
                Map.of(
                    "rows",
                    3,
                    "ratio",
                    new BigDecimal("0.10"),
                    "tags",
                    Arrays.asList("a", null),
                    "deep",
                    Map.of("x", true))),
            new EventMetadata(Environment.PROD, "2.1")),
        decode(VALID));
  }

  @Test
  void anEventIsWrittenInTheNamesOfTheContract() {
    var event =
        new WorkflowEvent(
            UUID.fromString("6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c"),
            EventType.WORKFLOW_TRIGGERED,
            OffsetDateTime.parse("2026-01-02T03:04:00+02:00"),
            EventSource.AIRFLOW,
            "daily",
            "run-1",
            new EventPayload(Map.of("rows", 3)),
            EventMetadata.of(Environment.DEV));
    assertEquals(
        "{\"event_id\":\"6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c\","
            + "\"event_type\":\"workflow.triggered\",\"timestamp\":\"2026-01-02T03:04:00+02:00\","
            + "\"source\":\"airflow\",\"workflow_id\":\"daily\",\"workflow_run_id\":\"run-1\","
            + "\"payload\":{\"data\":{\"rows\":3}},"
            + "\"metadata\":{\"environment\":\"dev\",\"version\":\"1.0\"}}",
        new String(codec.encode(event), UTF_8));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    var data =
        Map.<String, Object>of(
            "long",
            Long.MIN_VALUE,
            "big",
            BigInteger.TEN.pow(900),
            "double",
            Double.MIN_VALUE,
            "scale",
            new BigDecimal("1.500"),
            "exponent",
            new BigDecimal("-1E+300"),
            "text",
            "grüße \uD83D\uDE00 \" \\ \n \u0000 lone \uD800",
            "\uD83D\uDE00 key \n",
            List.of(List.of(), Map.of()),
            "none",
            Arrays.asList(null, false));
    for (var time :
        List.of(
            "2026-01-02T03:04:05.123456789Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59.999999999-18:00",
            "2026-01-02T03:04:05+01:02:03")) {
      var event = decode(VALID);
      var other =
          new WorkflowEvent(
              event.eventId(),
              event.eventType(),
              OffsetDateTime.parse(time),
              event.source(),
              "  daily\u0007",
              "run \uD83D\uDE00",
              new EventPayload(data),
              event.metadata());
      assertEquals(other, codec.decode(codec.encode(other)));
    }
  }

  @Test
  void theDeepestPayloadThereCanBeIsReadBackEqual() {
    Object inner = 1;
    for (int i = 0; i < 499; i++) {
      inner = Map.of("in", inner);
    }
    var event = decode(VALID);
    var deep =
        new WorkflowEvent(
            event.eventId(),
            event.eventType(),
            event.timestamp(),
            event.source(),
            "daily",
            "run-1",
            new EventPayload(Map.of("in", inner)),
            event.metadata());
    assertEquals(deep, codec.decode(codec.encode(deep)));
  }

  @Test
  void theKeyIsTheWorkflow() {
    assertArrayEquals("daily".getBytes(UTF_8), codec.keyOf(decode(VALID)));
  }

  @Test
  void unknownFieldsAreIgnored() {
    var more = VALID.replaceFirst("\\{", "{\"trace\": {\"id\": [1, 2]}, ");
    assertEquals(decode(VALID), decode(more.replace("\"prod\"", "\"prod\", \"region\": \"eu\"")));
  }

  @Test
  void aMissingVersionIsTheDefault() {
    assertEquals("1.0", decode(VALID.replace(", \"version\": \"2.1\"", "")).metadata().version());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04, 2026-01-02T03:04:00Z",
    "2026-01-02T03:04:05.5, 2026-01-02T03:04:05.5Z",
    "2026-01-02t03:04:05z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05+00:00, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05+0530, 2026-01-02T03:04:05+05:30",
    "2026-01-02T03:04:05-08, 2026-01-02T03:04:05-08:00",
  })
  void aTimeIsReadWithAnOffsetAndAsUtcWithout(String text, String time) {
    assertEquals(
        OffsetDateTime.parse(time),
        decode(VALID.replace("2026-01-02T03:04:05.678901Z", text)).timestamp());
  }

  private WorkflowEvent decode(String json) {
    return codec.decode(json.getBytes(UTF_8));
  }
}
