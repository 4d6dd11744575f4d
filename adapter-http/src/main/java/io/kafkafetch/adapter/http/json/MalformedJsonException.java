package io.kafkafetch.adapter.http.json;

/** Bytes that were to be JSON are not. */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;

  MalformedJsonException(int position) {
    // An answer, not a crash: nobody reads its stack trace.
    super("Not JSON from byte " + position, null, false, false);
    this.position = position;
  }

  /** The index of the byte that was not expected. */
  public int position() {
    return position;
  }
}
