package io.kafkafetch.domain.processor;

/** What came of opening a processor's end of a partition. */
public sealed interface Opening {
  /** It is open. */
  record Opened(PartitionSink sink) implements Opening {}

  /** It could not be opened. {@link Cause.Poison} is treated as fatal here. */
  record Refused(Cause cause) implements Opening {}
}
