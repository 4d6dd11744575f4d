package io.kafkafetch.adapter.processors.http;

import java.util.Optional;
import org.apache.hc.core5.http.HttpResponse;

/**
 * What of a response matters here.
 *
 * @param status 200 to 599 when the server keeps to HTTP
 * @param location the Location header
 * @param retryAfter the Retry-After header
 */
record Answer(int status, Optional<String> location, Optional<String> retryAfter) {
  /** What that response says; its body is nobody's business. */
  static Answer of(HttpResponse response) {
    return new Answer(
        response.getCode(), header(response, "Location"), header(response, "Retry-After"));
  }

  /** Whether the request is to be sent elsewhere, if anywhere. */
  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  private static Optional<String> header(HttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(found -> found.getValue());
  }
}
