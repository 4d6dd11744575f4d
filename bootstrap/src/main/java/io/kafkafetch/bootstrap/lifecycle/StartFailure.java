package io.kafkafetch.bootstrap.lifecycle;

/** The server cannot start; the message is one line for whoever started it. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Not started, said in one sentence. */
  public StartFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Not started for a reason that is known in full. */
  public StartFailure(String sentence) {
    super(sentence);
  }

  /** The sentence for the operator. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
