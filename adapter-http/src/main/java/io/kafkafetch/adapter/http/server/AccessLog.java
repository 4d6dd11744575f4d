package io.kafkafetch.adapter.http.server;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per request, at DEBUG. Queries are left out, since they may carry what is private. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.kafkafetch.access");

  void follow(Incoming request, Response response) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    Request.addCompletionListener(
        request,
        failure ->
            LOG.debug(
                "{} {} {} answered {} in {} ms to {}{}",
                request.reference(),
                request.getMethod(),
                request.getHttpURI().getPath(),
                response.getStatus(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()),
                Request.getRemoteAddr(request),
                failure == null ? "" : ", and the connection broke"));
  }
}
