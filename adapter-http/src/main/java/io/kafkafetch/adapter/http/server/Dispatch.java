package io.kafkafetch.adapter.http.server;

import io.javalin.http.Context;
import io.kafkafetch.adapter.http.HttpLimits;
import io.kafkafetch.adapter.http.problem.Problems;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs the handler of a route and turns whatever it throws into an answer. */
final class Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
  private static final String MDC_KEY = "request_id";

  private final HttpLimits limits;
  private final BodyBudget budget;

  Dispatch(HttpLimits limits) {
    this.limits = limits;
    this.budget = new BodyBudget(limits.bodyMemory());
  }

  void run(Context context, Route route, RouteHandler handler) throws IOException {
    var incoming = Incoming.of(context.req().getAttribute(Incoming.attribute()));
    incoming.routed(route);
    var request = context.req();
    MDC.put(MDC_KEY, incoming.reference());
    try (var body =
        new RequestBody(
            request::getInputStream,
            request.getContentLengthLong(),
            route.bodyLimit(),
            limits,
            budget)) {
      handle(new Exchange(context, incoming, body), handler, incoming);
    } finally {
      MDC.remove(MDC_KEY);
    }
  }

  private static void handle(Exchange exchange, RouteHandler handler, Incoming incoming) {
    try {
      handler.handle(exchange);
    } catch (ClientGoneException e) {
      giveUp(incoming, e);
    } catch (Throwable e) {
      // Errors, too: a stack that overflowed in one request says nothing about the next.
      answerFailure(exchange, e, incoming);
    }
  }

  private static void answerFailure(Exchange exchange, Throwable failure, Incoming incoming) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    var problem = Problems.of(failure, incoming.reference());
    if (exchange.isAnswered()) {
      LOG.warn("Request {} failed in the middle of its answer", incoming.reference(), failure);
      giveUp(incoming, failure);
      return;
    }
    try {
      exchange.answer(problem);
    } catch (IOException e) {
      giveUp(incoming, e);
    }
  }

  /** A part of an answer must not look like the whole: the connection is cut. */
  private static void giveUp(Incoming incoming, Throwable reason) {
    LOG.debug("Request {} ends without an answer", incoming.reference(), reason);
    incoming.getConnectionMetaData().getConnection().getEndPoint().close(reason);
  }
}
