package io.kafkafetch.events;

import io.kafkafetch.domain.event.WorkflowEvent;

/** Writes workflow events to Kafka topics; those of one workflow stay in order. */
public final class WorkflowEventProducer extends TypedProducer<WorkflowEvent> {
  /**
   * Connects to the broker of this machine.
   *
   * @throws org.apache.kafka.common.KafkaException if it does not answer
   */
  public WorkflowEventProducer() {
    this(ProducerOptions.defaults());
  }

  /**
   * Connects to Kafka.
   *
   * @throws org.apache.kafka.common.KafkaException if no broker answers, or one refuses
   */
  public WorkflowEventProducer(ProducerOptions options) {
    super(new WorkflowEventCodec(), options);
  }
}
