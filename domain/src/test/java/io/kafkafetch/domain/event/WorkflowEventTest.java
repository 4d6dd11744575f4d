package io.kafkafetch.domain.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkflowEventTest {
  private static final UUID ID = UUID.fromString("6f2c1f6e-0b51-4cf7-9a3a-6f5d7c1a2b3c");
  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-02T12:00:00Z");

  @Test
  void anEventKeepsWhatItIsMadeOf() {
    var event = event("daily", "run-1", NOON);
    assertEquals(EventType.WORKFLOW_COMPLETED, event.eventType());
    assertEquals("daily", event.workflowId());
    assertEquals("run-1", event.workflowRunId());
  }

  @Test
  void aBlankWorkflowIdIsRefusedByItsName() {
    assertEquals("workflow_id must not be blank", refusal(() -> event("  ", "run-1", NOON)));
  }

  @Test
  void aBlankRunIdIsRefusedByItsName() {
    assertEquals("workflow_run_id must not be blank", refusal(() -> event("daily", "", NOON)));
  }

  @Test
  void aYearThatIsoCannotWriteInFourDigitsIsRefused() {
    assertEquals(
        "timestamp must be in the years 1 to 9999",
        refusal(() -> event("daily", "run-1", NOON.withYear(10_000))));
  }

  @Test
  void aMissingPartIsRefusedByItsName() {
    assertEquals("timestamp is missing", refusal(() -> event("daily", "run-1", missing())));
    assertEquals("payload.data is missing", refusal(() -> new EventPayload(missing())));
    assertEquals(
        "metadata.environment is missing", refusal(() -> new EventMetadata(missing(), "1.0")));
  }

  @Test
  void metadataIsOfVersionOneUnlessSaidOtherwise() {
    assertEquals("1.0", EventMetadata.of(Environment.DEV).version());
  }

  @Test
  void everyLabelOfTheContractIsReadAndNoOther() {
    assertEquals(Optional.of(EventType.WORKFLOW_FAILED), EventType.parse("workflow.failed"));
    assertEquals(Optional.empty(), EventType.parse("WORKFLOW.FAILED"));
    assertEquals("workflow.triggered, workflow.completed, workflow.failed", EventType.accepted());
    assertEquals("airflow, langgraph, fastapi", EventSource.accepted());
    assertEquals("dev, staging, prod", Environment.accepted());
  }

  @Test
  void aPayloadDoesNotChangeWithWhatItWasMadeFrom() {
    var rows = new ArrayList<Object>(List.of(1));
    var data = new HashMap<String, Object>(Map.of("rows", rows));
    var payload = new EventPayload(data);
    rows.add(2);
    data.put("more", true);
    assertEquals(Map.of("rows", List.of(1L)), payload.data());
    assertThrows(UnsupportedOperationException.class, () -> payload.data().put("x", 1));
    assertThrows(
        UnsupportedOperationException.class,
        () -> ((List<?>) java.util.Objects.requireNonNull(payload.data().get("rows"))).clear());
  }

  @Test
  void numbersHaveOneFormEach() {
    var data = new HashMap<String, Object>();
    data.put("int", 1);
    data.put("byte", (byte) 2);
    data.put("small", BigInteger.TWO);
    data.put("big", BigInteger.TWO.pow(80));
    data.put("double", 0.1);
    data.put("float", 0.1f);
    data.put("minusZero", -0.0);
    var copy = new EventPayload(data).data();
    assertEquals(1L, copy.get("int"));
    assertEquals(2L, copy.get("byte"));
    assertEquals(2L, copy.get("small"));
    assertEquals(BigInteger.TWO.pow(80), copy.get("big"));
    assertEquals(new BigDecimal("0.1"), copy.get("double"));
    assertEquals(new BigDecimal("0.1"), copy.get("float"));
    assertEquals(new BigDecimal("0.0"), copy.get("minusZero"));
  }

  @Test
  void nullsAreValuesToo() {
    var data = new HashMap<String, Object>();
    data.put("nothing", missing());
    data.put("list", Arrays.asList("a", missing()));
    var copy = new EventPayload(data).data();
    assertTrue(copy.containsKey("nothing"));
    assertEquals(Arrays.asList("a", null), copy.get("list"));
  }

  @Test
  void whatJsonCannotSayIsRefusedByItsPath() {
    assertEquals(
        "payload.data.a[1].at must be null, a Boolean, a String, a number, a List or a Map, not"
            + " java.time.OffsetDateTime",
        refusal(() -> new EventPayload(Map.of("a", List.of(0, Map.of("at", NOON))))));
    assertEquals(
        "payload.data.rate must be a finite number, not NaN",
        refusal(() -> new EventPayload(Map.of("rate", Double.NaN))));
    assertEquals(
        "payload.data.inner must have String keys, not java.lang.Integer",
        refusal(() -> new EventPayload(Map.of("inner", Map.of(1, 2)))));
  }

  @Test
  void numbersThatCostMoreThanTheySayAreRefused() {
    assertEquals(
        "payload.data.n must be a number of at most 1000 characters",
        refusal(() -> new EventPayload(Map.of("n", BigInteger.TEN.pow(1001)))));
    assertEquals(
        "payload.data.n must be a number with an exponent of at most 10000",
        refusal(() -> new EventPayload(Map.of("n", new BigDecimal("1E+999999999")))));
  }

  @Test
  void aMapThatContainsItselfIsRefusedAndNotFollowedForever() {
    var loop = new HashMap<String, Object>();
    loop.put("self", loop);
    assertTrue(refusal(() -> new EventPayload(loop)).endsWith("more than 500 levels deep"));
  }

  private static WorkflowEvent event(String workflowId, String runId, OffsetDateTime timestamp) {
    return new WorkflowEvent(
        ID,
        EventType.WORKFLOW_COMPLETED,
        timestamp,
        EventSource.AIRFLOW,
        workflowId,
        runId,
        EventPayload.empty(),
        EventMetadata.of(Environment.PROD));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable attempt) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, attempt).getMessage());
  }

  /** A null, as it comes from a program that no checker has seen. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    return null;
  }
}
