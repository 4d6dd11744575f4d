package io.kafkafetch.adapter.http.server;

import io.kafkafetch.adapter.http.problem.Problems;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers as a problem what the servlet layer refuses. */
final class ServletProblems extends ErrorHandler {
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    var problem = Problems.ofStatus(code, null);
    ProblemAnswer.head(problem, response);
    response.write(true, ByteBuffer.wrap(problem.json()), callback);
    Request.as(request, ServletContextRequest.class)
        .getServletChannel()
        .sendErrorResponseAndComplete();
  }
}
