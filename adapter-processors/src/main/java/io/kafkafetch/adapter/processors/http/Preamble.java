package io.kafkafetch.adapter.processors.http;

import java.util.List;
import org.apache.hc.core5.http.Header;

/**
 * What the requests of a partition begin with, one as the other: a connection that carries the same
 * again keeps it as bytes. No record, since it is known again by being the very same one.
 */
final class Preamble {
  private final String method;
  private final Destination destination;
  private final List<Header> headers;

  Preamble(String method, Destination destination, List<Header> headers) {
    this.method = method;
    this.destination = destination;
    this.headers = List.copyOf(headers);
  }

  String method() {
    return method;
  }

  Destination destination() {
    return destination;
  }

  /** All but Host, which the destination says. */
  List<Header> headers() {
    return headers;
  }
}
