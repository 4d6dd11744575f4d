package example.events;

import io.kafkafetch.domain.event.EventType;
import io.kafkafetch.domain.event.WorkflowEvent;
import io.kafkafetch.events.ConsumerOptions;
import io.kafkafetch.events.WorkflowEventConsumer;
import java.util.List;

public final class TypedEvents {
  public static void main(String[] arguments) {
    var options =
        ConsumerOptions.builder()
            .bootstrapServers(arguments.length > 0 ? arguments[0] : "localhost:9092")
            .groupId("workflow-processor")
            .build();
    try (var consumer = new WorkflowEventConsumer(options)) {
      consumer.consumeEvents(TypedEvents::handle, List.of("workflow-events"));
      System.out.println(consumer.counts());
    }
  }

  private static void handle(WorkflowEvent event) {
    boolean failed = event.eventType() == EventType.WORKFLOW_FAILED;
    System.out.println(event.workflowId() + (failed ? " failed: " : ": ") + event.payload().data());
  }
}
