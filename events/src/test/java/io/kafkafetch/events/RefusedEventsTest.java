package io.kafkafetch.events;

import static io.kafkafetch.events.WorkflowEventCodecTest.VALID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.event.WorkflowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no workflow event, and what its sender is told. */
class RefusedEventsTest {
  private final WorkflowEventCodec codec = new WorkflowEventCodec();

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
