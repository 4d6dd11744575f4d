package io.kafkafetch.adapter.http.server;

import java.util.List;

/**
 * What is answered, and how large its body may be.
 *
 * @param method such as {@code POST}
 * @param path such as {@code /consumers/{consumer_id}}, without a trailing slash
 * @param bodyLimit bytes; {@link #UNLIMITED} for a body that is read as a stream
 */
public record Route(String method, String path, long bodyLimit) {
  /** For bodies that are never held in memory as a whole. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  List<String> segments() {
    return RouteTable.segments(path);
  }
}
