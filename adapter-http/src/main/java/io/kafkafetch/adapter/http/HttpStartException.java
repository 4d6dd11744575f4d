package io.kafkafetch.adapter.http;

/** The API could not be opened; the message is one sentence for whoever started the server. */
public final class HttpStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Not opened, said in a sentence. */
  public HttpStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
