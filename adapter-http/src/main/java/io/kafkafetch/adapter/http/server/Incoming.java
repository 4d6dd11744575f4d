package io.kafkafetch.adapter.http.server;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request that knows how much of its body was read. Its content has one reader at a time. */
final class Incoming extends Request.Wrapper {
  private static final String ATTRIBUTE = Incoming.class.getName();
  private static final long AT_HAND = 256L << 10;

  private final String reference;
  private volatile @Nullable Route route;
  private volatile boolean begun;
  private volatile boolean ended;

  Incoming(Request request, String reference) {
    super(request);
    this.reference = reference;
    request.setAttribute(ATTRIBUTE, this);
    var fields = request.getHeaders();
    ended =
        !fields.contains(HttpHeader.TRANSFER_ENCODING)
            && fields.getLongField(HttpHeader.CONTENT_LENGTH) <= 0;
  }

  static Incoming of(@Nullable Object attribute) {
    if (attribute instanceof Incoming incoming) {
      return incoming;
    }
    throw new IllegalStateException("Every request passes the gate first");
  }

  static String attribute() {
    return ATTRIBUTE;
  }

  /** Who answers it, once that is known. */
  Optional<Route> route() {
    return Optional.ofNullable(route);
  }

  void routed(Route found) {
    route = found;
  }

  /** Finds the request in the log. */
  String reference() {
    return reference;
  }

  @Override
  public Content.@Nullable Chunk read() {
    begun = true;
    var chunk = super.read();
    if (chunk != null && chunk.isLast()) {
      ended = true;
    }
    return chunk;
  }

  /** Whether nothing of the body is left to read. */
  boolean isRead() {
    return ended;
  }

  /** Whether the sender holds its body back until it is asked for it (RFC 9110, 10.1.1). */
  boolean isHeldBack() {
    return !begun && getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  /** Reads away what has arrived already; whether that was all. */
  boolean finishAtHand() {
    if (isHeldBack()) {
      return false;
    }
    long bytes = 0;
    while (!ended && bytes < AT_HAND) {
      var chunk = read();
      if (chunk == null || Content.Chunk.isFailure(chunk)) {
        return false;
      }
      bytes += chunk.remaining();
      chunk.release();
    }
    return ended;
  }
}
