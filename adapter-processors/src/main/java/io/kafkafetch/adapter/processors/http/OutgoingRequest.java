package io.kafkafetch.adapter.processors.http;

import java.util.List;
import org.apache.hc.core5.http.Header;

/**
 * A request, complete but for the headers that belong to the connection.
 *
 * @param headers all but Host and Content-Length
 * @param body not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // a view of bytes, never compared
record OutgoingRequest(String method, Destination destination, List<Header> headers, byte[] body) {
  /** The same request to another place. */
  OutgoingRequest to(Destination elsewhere, List<Header> headersThere) {
    return new OutgoingRequest(method, elsewhere, headersThere, body);
  }
}
