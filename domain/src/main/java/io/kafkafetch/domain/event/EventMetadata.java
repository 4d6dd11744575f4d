package io.kafkafetch.domain.event;

/**
 * What is known about an event besides what happened.
 *
 * @param environment where the workflow ran
 * @param version the version of the event's schema, not blank; {@value #DEFAULT_VERSION} where a
 *     producer says nothing
 */
public record EventMetadata(Environment environment, String version) {
  /** The version of an event that names none. */
  public static final String DEFAULT_VERSION = "1.0";

  public EventMetadata {
    Present.required(environment, "metadata.environment");
    Present.notBlank(version, "metadata.version");
  }

  /** Metadata of the default version. */
  public static EventMetadata of(Environment environment) {
    return new EventMetadata(environment, DEFAULT_VERSION);
  }
}
