package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.ProcessorConfig;

/**
 * A processor as a caller asks for it.
 *
 * @param type the wanted type, not yet known to exist
 * @param config the wanted configuration, not yet validated
 */
public record ProcessorDraft(String type, ProcessorConfig config) {
  /** One that needs no configuration. */
  public static ProcessorDraft of(String type) {
    return new ProcessorDraft(type, ProcessorConfig.empty());
  }
}
