package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.ProblemException;
import io.kafkafetch.adapter.http.problem.Problems;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/** Tells apart why a body could not be read. */
final class BodyFailure {
  @FunctionalInterface
  interface Read {
    int read() throws IOException;
  }

  private BodyFailure() {}

  static int during(Read read) throws IOException {
    try {
      return read.read();
    } catch (IOException | RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof TimeoutException) {
          throw tooSlow();
        }
        if (cause instanceof HttpException bad) {
          throw new ProblemException(Problems.ofStatus(bad.getCode(), bad.getReason()));
        }
      }
      if (e instanceof IOException) {
        throw new ClientGoneException(e);
      }
      throw e;
    }
  }

  static ProblemException tooSlow() {
    return new ProblemException(
        HttpError.REQUEST_TIMEOUT, "The body was sent too slowly to wait for the rest of it.");
  }
}
