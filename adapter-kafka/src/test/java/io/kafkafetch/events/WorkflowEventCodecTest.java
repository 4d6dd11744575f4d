package io.kafkafetch.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowEventCodecTest {
  private static final String VALID =
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T03:04:05Z",
        "2026-01-02",
        "2026-01-02 03:04:05",
        "03:04:05",
        "2026-01-02T24:30:00Z",
        "2026-01-02T03:04:05Z and more",
        "2026-01-02T03:04:05+19:00",
        "2026-01-02T03:04:05+0530+05:30",
        "1767322800",
        "",
        "yesterday"
      })
  void aTimeThatIsNoneIsRefused(String text) {
    assertEquals(
        "timestamp must be an ISO 8601 date and time, not \"" + text + "\"",
        refusal(VALID.replace("2026-01-02T03:04:05.678901Z", text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-1-1-1-1",
        "6f2c1f6e0b514cf79a3a6f5d7c1a2b3c",
        "6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3g",
        "{6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c}"
      })
  void anIdThatIsNoUuidIsRefused(String text) {
    assertEquals(
        "event_id must be a UUID, not \"" + text + "\"",
        refusal(VALID.replace("6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c", text)));
  }

  @Test
  void unknownLabelsAreRefusedWithWhatIsAccepted() {
    assertEquals(
        "event_type must be one of workflow.triggered, workflow.completed, workflow.failed,"
            + " not \"workflow.paused\"",
        refusal(VALID.replace("workflow.failed", "workflow.paused")));
    assertEquals(
        "source must be one of airflow, langgraph, fastapi, not \"cron\"",
        refusal(VALID.replace("langgraph", "cron")));
    assertEquals(
        "metadata.environment must be one of dev, staging, prod, not \"PROD\"",
        refusal(VALID.replace("\"prod\"", "\"PROD\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event_id",
        "event_type",
        "timestamp",
        "source",
        "workflow_id",
        "workflow_run_id",
        "payload",
        "metadata"
      })
  void aMissingFieldIsRefusedByName(String field) {
    assertEquals(field + " is missing", refusal(VALID.replace("\"" + field + "\":", "\"other\":")));
  }

  @Test
  void aMissingInnerFieldIsRefusedByItsPath() {
    assertEquals("payload.data is missing", refusal(VALID.replace("\"data\":", "\"other\":")));
    assertEquals(
        "metadata.environment is missing", refusal(VALID.replace("\"environment\":", "\"e\":")));
  }

  @Test
  void aWrongTypeIsRefusedByName() {
    assertEquals(
        "workflow_id must be a string, not a number", refusal(VALID.replace("\"daily\"", "7")));
    assertEquals("workflow_run_id must not be null", refusal(VALID.replace("\"run-1\"", "null")));
    assertEquals(
        "metadata.version must be a string, not a number",
        refusal(VALID.replace("\"2.1\"", "2.1")));
    assertEquals(
        "payload must be an object, not an array",
        refusal(VALID.replace("\"payload\": {", "\"payload\": [], \"rest\": {")));
    assertEquals(
        "payload.data must be an object, not a string",
        refusal(VALID.replace("\"data\": {", "\"data\": \"x\", \"rest\": {")));
  }

  @Test
  void blankIdsAreRefused() {
    assertEquals("workflow_id must not be blank", refusal(VALID.replace("\"daily\"", "\" \"")));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    assertEquals(
        "source must be one of airflow, langgraph, fastapi, not \"x\"; workflow_id must not be"
            + " null; payload.data is missing",
        refusal(
            VALID
                .replace("langgraph", "x")
                .replace("\"daily\"", "null")
                .replace("\"data\"", "\"date\"")));
  }

  @Test
  void aLongValueIsNotRepeatedInFull() {
    assertTrue(refusal(VALID.replace("langgraph", "x".repeat(100_000))).length() < 300);
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    assertEquals("The value must be a JSON object", refusal("[]"));
    assertEquals("The value must be a JSON object", refusal("\"text\""));
    assertEquals("The value must be a JSON object", refusal("null"));
    assertEquals("The value is empty", refusal(" "));
    assertTrue(refusal("{\"event_id\": ").startsWith("The value is not JSON: "));
    assertEquals(
        "The value is not JSON: Unexpected end-of-input: expected close marker for Object (start"
            + " marker at line: 1, column: 1)",
        refusal("{"));
    assertTrue(refusal("not json").startsWith("The value is not JSON: "));
    assertTrue(refusal(VALID + " {}").contains("goes on after its JSON text"));
    assertTrue(refusal(VALID + " x").startsWith("The value is not JSON: "));
    assertEquals(
        "The record has no value",
        assertThrows(InvalidRecordException.class, () -> codec.decode(null)).getMessage());
  }

  @Test
  void aNameThatComesTwiceIsRefusedByName() {
    assertTrue(
        refusal(VALID.replace("\"source\":", "\"source\": \"airflow\", \"source\":"))
            .contains("'source'"));
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] bytes = VALID.replace("daily", "dai?y").getBytes(UTF_8);
    bytes[VALID.indexOf("daily") + 3] = (byte) 0xFF;
    assertThrows(InvalidRecordException.class, () -> codec.decode(bytes));
    assertThrows(InvalidRecordException.class, () -> codec.decode(new byte[] {0, 0, 1}));
    assertThrows(InvalidRecordException.class, () -> codec.decode(new byte[] {(byte) 0x80}));
    assertThrows(
        InvalidRecordException.class, () -> codec.decode(new byte[] {(byte) 0xFE, (byte) 0xFF}));
  }

  @Test
  void whatWouldCostMoreThanItSaysIsRefused() {
    assertTrue(
        refusal(VALID.replace("0.10", "1E+999999999")).startsWith("payload.data.ratio must be"));
    assertTrue(refusal(VALID.replace("0.10", "1E+99999999999")).startsWith("The value"));
    assertTrue(refusal(VALID.replace("0.10", "9".repeat(5000))).startsWith("The value"));
    assertTrue(
        refusal(VALID.replace("0.10", "[".repeat(600) + "]".repeat(600)))
            .endsWith("more than 500 levels deep"));
    assertTrue(
        refusal(VALID.replace("0.10", "[".repeat(100_000))).startsWith("The value is not JSON"));
  }

  private WorkflowEvent decode(String json) {
    return codec.decode(json.getBytes(UTF_8));
  }

  private String refusal(String json) {
    return String.valueOf(
        assertThrows(InvalidRecordException.class, () -> decode(json)).getMessage());
  }
}
