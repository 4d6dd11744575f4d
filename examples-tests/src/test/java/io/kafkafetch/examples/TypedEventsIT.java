package io.kafkafetch.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.event.Environment;
import io.kafkafetch.domain.event.EventMetadata;
import io.kafkafetch.domain.event.EventPayload;
import io.kafkafetch.domain.event.EventSource;
import io.kafkafetch.domain.event.EventType;
import io.kafkafetch.domain.event.WorkflowEvent;
import io.kafkafetch.events.ProducerOptions;
import io.kafkafetch.events.WorkflowEventProducer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("examples/typed-events")
class TypedEventsIT {
  private static final String TOPIC = "workflow-events";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Example example = Example.named("typed-events");
  private final TestTopics topics = TestTopics.shared();

  @Test
  @DisplayName("is a program of fewer than 30 lines")
  void isShort() {
    var source = Project.EXAMPLES.resolve("typed-events/src/main/java/example/events");

    assertTrue(Project.read(source.resolve("TypedEvents.java")).lines().count() < 30);
  }

  @Test
  @DisplayName("handles each event once, on the class path and then on the module path")
  void handlesEachEventOnce() {
    topics.create(TOPIC, 1);
    send(1, 3);

    try (var program = example.onClassPath("example.events.TypedEvents", topics.brokers())) {
      assertHandled(List.of("w1: {rows=1}", "w2 failed: {rows=2}"), program.awaitEnd(LIMIT));
    }
    send(3, 5);
    try (var program =
        example.onModulePath("example.events/example.events.TypedEvents", topics.brokers())) {
      assertHandled(List.of("w3: {rows=3}", "w4 failed: {rows=4}"), program.awaitEnd(LIMIT));
    }
  }

  private static void assertHandled(List<String> events, List<String> output) {
    var handled = output.stream().filter(line -> line.startsWith("w")).toList();
    assertEquals(events, handled, () -> String.join("\n", output));
    assertTrue(output.contains("ConsumerCounts[consumed=2, invalid=0, failed=0]"));
  }

  private void send(int from, int to) {
    var options = ProducerOptions.builder().bootstrapServers(topics.brokers()).build();
    try (var producer = new WorkflowEventProducer(options)) {
      for (int i = from; i < to; i++) {
        producer.sendAndWait(TOPIC, event(i));
      }
    }
  }

  private static WorkflowEvent event(int number) {
    return new WorkflowEvent(
        new UUID(0, number),
        number % 2 == 0 ? EventType.WORKFLOW_FAILED : EventType.WORKFLOW_COMPLETED,
        OffsetDateTime.parse("2026-01-02T12:00:00Z"),
        EventSource.AIRFLOW,
        "w" + number,
        "run-" + number,
        new EventPayload(Map.of("rows", number)),
        EventMetadata.of(Environment.DEV));
  }
}
