package io.kafkafetch.adapter.persistence;

/**
 * {@code SECRET_KEY} is not the key that the secrets of the database were encrypted with. Nothing
 * was read or changed.
 */
public final class SecretKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretKeyException(String sentence) {
    super(sentence, null, false, false);
  }

  /** What to tell an operator. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
