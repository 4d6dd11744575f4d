package io.kafkafetch.domain.consumer;

import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Instant;
import java.util.UUID;

/**
 * A processor as part of a consumer.
 *
 * @param id kept as long as the processor is not changed
 * @param type the factory's type, such as {@code file_sink}
 */
public record ProcessorSpec(
    UUID id, String type, ProcessorConfig config, Instant createdAt, Instant updatedAt) {
  /** Whether both do the same, whenever they were made. */
  public boolean sameWorkAs(ProcessorSpec other) {
    return type.equals(other.type) && config.equals(other.config);
  }
}
