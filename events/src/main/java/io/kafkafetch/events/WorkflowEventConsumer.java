package io.kafkafetch.events;

import io.kafkafetch.domain.event.WorkflowEvent;

/** Reads workflow events from Kafka topics. */
public final class WorkflowEventConsumer extends TypedConsumer<WorkflowEvent> {
  /**
   * Connects to the broker of this machine, without a group.
   *
   * @throws org.apache.kafka.common.KafkaException if it does not answer
   */
  public WorkflowEventConsumer() {
    this(ConsumerOptions.defaults());
  }

  /**
   * Connects to Kafka.
   *
   * @throws org.apache.kafka.common.KafkaException if no broker answers, or one refuses
   */
  public WorkflowEventConsumer(ConsumerOptions options) {
    super(new WorkflowEventCodec(), options);
  }
}
