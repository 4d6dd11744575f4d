package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.ProcessorConfig;
import java.util.Optional;

/**
 * A processor as a caller asks for it.
 *
 * @param type the wanted type, not yet known to exist; empty where the caller left it out
 * @param config the wanted configuration, not yet validated; empty where the caller left it out
 */
public record ProcessorDraft(Optional<String> type, Optional<ProcessorConfig> config) {
  /** One of that type with that configuration. */
  public ProcessorDraft(String type, ProcessorConfig config) {
    this(Optional.of(type), Optional.of(config));
  }

  /** One that needs no configuration. */
  public static ProcessorDraft of(String type) {
    return new ProcessorDraft(type, ProcessorConfig.empty());
  }
}
