package io.kafkafetch.adapter.processors.http;

import java.net.URI;

/**
 * Where requests go, taken apart once rather than for each of them.
 *
 * @param uri http or https, with a host
 * @param target path and query as the request line wants them
 */
record Destination(URI uri, Origin origin, String target) {
  /** The destination that an http or https URI with a host names. */
  static Destination of(URI uri) {
    var raw = uri.getRawPath();
    var path = raw == null || raw.isEmpty() ? "/" : raw;
    var target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    return new Destination(uri, Origin.of(uri), target);
  }
}
