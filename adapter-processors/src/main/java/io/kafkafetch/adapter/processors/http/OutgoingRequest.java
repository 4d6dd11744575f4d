package io.kafkafetch.adapter.processors.http;

import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;

/**
 * A request, complete but for the headers that belong to the connection.
 *
 * @param headers its own, which follow those of the preamble: none is Host or Content-Length
 * @param body not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // a view of bytes, never compared
record OutgoingRequest(Preamble preamble, List<Header> headers, byte[] body) {
  String method() {
    return preamble.method();
  }

  Destination destination() {
    return preamble.destination();
  }

  /** The preamble's headers and its own. */
  Stream<Header> allHeaders() {
    return Stream.concat(preamble.headers().stream(), headers.stream());
  }

  /** The same request to another place. */
  OutgoingRequest to(Destination elsewhere, List<Header> headersThere) {
    return new OutgoingRequest(new Preamble(method(), elsewhere, headersThere), List.of(), body);
  }
}
