package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.problem.Problem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/** The head of an answer that carries a problem. */
final class ProblemAnswer {
  private ProblemAnswer() {}

  static void head(Problem problem, Response response) {
    response.setStatus(problem.status().code());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
  }
}
