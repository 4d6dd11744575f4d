package io.kafkafetch.adapter.http.server;

/**
 * Answers requests to one route, on a virtual thread of its own: it may block. Whatever it throws
 * becomes a problem, see {@link io.kafkafetch.adapter.http.problem.Problems}.
 */
@FunctionalInterface
public interface RouteHandler {
  /** Answers one request. */
  void handle(Exchange exchange) throws Exception;
}
