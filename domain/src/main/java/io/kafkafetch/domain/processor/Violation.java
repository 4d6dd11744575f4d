package io.kafkafetch.domain.processor;

/**
 * One thing that is wrong with what somebody asked for.
 *
 * @param field the path of the field in the request, such as {@code
 *     processor_configs[0].config.db_dsn}
 * @param message a sentence that says what is accepted
 */
public record Violation(String field, String message) {
  /** The same, seen from further out. */
  public Violation within(String path) {
    return new Violation(field.isEmpty() ? path : path + "." + field, message);
  }
}
