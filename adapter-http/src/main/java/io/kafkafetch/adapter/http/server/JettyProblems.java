package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.problem.Problems;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers as a problem what the server below us refuses before anything of ours sees it. */
final class JettyProblems implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String reason = null;
    if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException bad) {
      status = bad.getCode();
      reason = bad.getReason();
    }
    var problem = Problems.ofStatus(status, reason);
    var reference = response.getHeaders().get(StandardHeaders.REQUEST_ID);
    StandardHeaders.put(response, reference == null ? References.next() : reference);
    response.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
    ProblemAnswer.head(problem, response);
    response.write(true, ByteBuffer.wrap(problem.json()), callback);
    return true;
  }
}
