package io.kafkafetch.embedded;

/**
 * An embedded server could not do what was asked. The first line of the message is one plain
 * sentence for a person; the child's last log lines follow where there are any.
 */
public final class EmbeddedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedException(String message) {
    super(message);
  }

  EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The first line of the message: one plain sentence. */
  public String sentence() {
    return String.valueOf(getMessage()).lines().findFirst().orElse("");
  }
}
