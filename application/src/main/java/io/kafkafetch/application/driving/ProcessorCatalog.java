package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.ConfigSchema;
import java.util.List;

/** The types of processors that are installed. */
public interface ProcessorCatalog {
  /** All of them, by name. */
  List<ProcessorType> types();

  /**
   * A type of processor.
   *
   * @param name what a configuration calls it
   * @param description a sentence for people who choose
   * @param schema the keys it accepts
   */
  record ProcessorType(String name, String description, ConfigSchema schema) {}
}
