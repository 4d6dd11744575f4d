package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.HttpLimits;
import io.kafkafetch.adapter.http.problem.HttpError;
import io.kafkafetch.adapter.http.problem.Problem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before everything else: gives each request a reference, refuses what is foreign, unknown
 * or too much, and sees to it that a refused sender can read why.
 */
final class Gate extends Handler.Wrapper {
  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final HostCheck hosts;
  private final RouteTable routes;
  private final HttpLimits limits;
  private final AccessLog log;
  private final RequestObserver observer;
  private final Semaphore room;

  Gate(HostCheck hosts, RouteTable routes, HttpLimits limits, RequestObserver observer) {
    this.hosts = hosts;
    this.routes = routes;
    this.limits = limits;
    this.log = new AccessLog();
    this.observer = observer;
    this.room = new Semaphore(limits.requests());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var incoming = new Incoming(request, References.of(request));
    StandardHeaders.put(response, incoming.reference());
    log.follow(incoming, response);
    observe(incoming, response);
    // Whoever waits for records is silent for long without being idle.
    request.addIdleTimeoutListener(timeout -> false);
    var drained = new Drain(incoming, limits, callback);
    if (!room.tryAcquire()) {
      refuse(incoming, response, drained, tooMuch());
      return true;
    }
    Request.addCompletionListener(request, failure -> room.release());
    var refusal = refusal(incoming, response);
    if (refusal.isPresent()) {
      refuse(incoming, response, drained, refusal.get());
      return true;
    }
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(204);
      response.getHeaders().put(HttpHeader.ALLOW, allowed(request));
      finish(incoming, response, drained, ByteBuffer.allocate(0));
      return true;
    }
    return super.handle(incoming, response, drained);
  }

  private void observe(Incoming request, Response response) {
    observer.begun();
    Request.addCompletionListener(
        request,
        failure ->
            observer.ended(
                KNOWN_METHODS.contains(request.getMethod()) ? request.getMethod() : "other",
                request.route().map(Route::path).orElse("none"),
                response.getStatus(),
                System.nanoTime() - request.getBeginNanoTime()));
  }

  private Optional<Problem> refusal(Incoming request, Response response) {
    var fields = request.getHeaders();
    var foreign =
        hosts
            .refusal(fields.get(HttpHeader.HOST), fields.get(HttpHeader.ORIGIN))
            .or(() -> hosts.refusal(request.getHttpURI().getAuthority(), null));
    if (foreign.isPresent()) {
      return foreign.map(detail -> Problem.of(HttpError.FORBIDDEN, detail));
    }
    var method = request.getMethod();
    if (!KNOWN_METHODS.contains(method)) {
      return Optional.of(
          Problem.of(
              HttpError.NOT_IMPLEMENTED,
              "This method is not known here; known are GET, HEAD, POST, PUT, PATCH, DELETE and"
                  + " OPTIONS."));
    }
    if (method.equals("OPTIONS") && "*".equals(request.getHttpURI().getPath())) {
      return Optional.empty();
    }
    var methods = routes.methodsAt(request.getHttpURI().getPath());
    if (methods.isEmpty()) {
      return Optional.of(
          Problem.of(
              HttpError.NOT_FOUND, "There is nothing at this address; GET /docs shows what is."));
    }
    if (!method.equals("OPTIONS") && !methods.contains(method)) {
      var allowed = allowed(request);
      response.getHeaders().put(HttpHeader.ALLOW, allowed);
      return Optional.of(
          Problem.of(
              HttpError.METHOD_NOT_ALLOWED,
              "This address does not take " + method + "; it takes " + allowed + "."));
    }
    return Optional.empty();
  }

  private String allowed(Request request) {
    var path = request.getHttpURI().getPath();
    var methods = "*".equals(path) ? routes.methods() : routes.methodsAt(path);
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  private static Problem tooMuch() {
    return Problem.passing(
        HttpError.SERVICE_UNAVAILABLE,
        "The server has as many requests in progress as it takes.",
        Duration.ofSeconds(1));
  }

  private static void refuse(
      Incoming request, Response response, Callback callback, Problem problem) {
    ProblemAnswer.head(problem, response);
    finish(request, response, callback, ByteBuffer.wrap(problem.json()));
  }

  private static void finish(
      Incoming request, Response response, Callback callback, ByteBuffer body) {
    if (!request.isRead() && !request.finishAtHand()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(true, body, callback);
  }
}
