package io.kafkafetch.domain.processor;

import java.util.List;

/**
 * A type of processor, found through {@link java.util.ServiceLoader}. Implementations have a public
 * constructor without parameters, keep no state that a test could not make anew, and are safe for
 * use by several threads.
 */
public interface ProcessorFactory {
  /** The name by which a configuration asks for it, such as {@code file_sink}. */
  String type();

  /** A sentence for people who choose among processors. */
  String description();

  /** The keys it accepts. */
  ConfigSchema schema();

  /**
   * What is wrong with a plan beyond its schema; empty when nothing is. Does no I/O on a network.
   */
  List<Violation> validate(ProcessorPlan plan);

  /** Looks at the real sink without changing it, for a dry run. Bounded to a few seconds. */
  default List<SinkCheck> check(ProcessorPlan plan) {
    return List.of();
  }

  /** What it writes to, as far as that can be said before it runs. */
  default List<ResourceClaim> claims(ProcessorPlan plan) {
    return List.of();
  }

  /**
   * Where its secrets go, such as a host. Secrets that a client sends back as {@code ***} are kept
   * only while this stays the same; otherwise whoever may edit a consumer could have them sent to a
   * place of their choice.
   */
  default String destination(ProcessorConfig config) {
    return "";
  }

  /** Opens a processor for one member. Does not block; trouble shows when partitions are opened. */
  Processor open(ProcessorContext context);
}
