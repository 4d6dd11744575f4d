package io.kafkafetch.adapter.http.problem;

/** Ends the handling of a request with that problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  /** Ends with that problem. */
  public ProblemException(Problem problem) {
    // An answer, not a crash: nobody reads its stack trace.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Ends with a problem that is said in one sentence. */
  public ProblemException(HttpError status, String detail) {
    this(Problem.of(status, detail));
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
