package io.kafkafetch.application.delivery;

import io.kafkafetch.domain.processor.ProcessorConfig;

/** Puts secrets in the place of their references, at the last moment before they are used. */
public interface SecretReferences {
  /** The same configuration with every reference replaced, or why that cannot be. */
  Resolution resolve(ProcessorConfig config);

  /** What came of resolving. */
  sealed interface Resolution {
    /** All references are replaced. */
    record Resolved(ProcessorConfig config) implements Resolution {}

    /** One could not be; the reason names it, never a secret. */
    record Unresolved(String reason) implements Resolution {}
  }

  /** Takes every value literally: for embedders who bring secrets themselves. */
  static SecretReferences none() {
    return Resolution.Resolved::new;
  }
}
