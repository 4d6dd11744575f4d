package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests as HTTP/1.1 has it on the wire (RFC 9112, sections 3 and 5): head and body in one
 * piece, from room that a connection keeps, so that a small request is one call of the system and
 * no garbage. Belongs to whoever speaks on the connection.
 */
final class RequestBytes {
  /** A larger body is written by itself: copying it would cost more than another call. */
  private static final int MAX_COPIED_BODY = 16 * 1024;

  /** Java copies what a channel is given before the channel takes any of it. */
  private static final int MAX_PIECE = 128 * 1024;

  private static final char UNSENDABLE = '?';

  private static final byte[] NO_BODY = {};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private byte[] bytes = new byte[1_024];
  private int length;
  private byte[] body = NO_BODY;

  /** What the bytes begin with: most requests begin as the one before. */
  private @Nullable Preamble preamble;

  private int preambleLength;

  /** What a channel has not taken yet: all of it, or the head of a larger body and that. */
  private ByteBuffer first = NOTHING;

  private ByteBuffer rest = NOTHING;

  /** Takes up a request, to be written next. */
  void put(OutgoingRequest request) {
    body = request.body();
    if (request.preamble() == preamble) {
      length = preambleLength;
    } else {
      put(request.preamble());
    }
    for (var header : request.headers()) {
      header(header.getName(), header.getValue());
    }
    header("Content-Length", Integer.toString(body.length));
    endLine();
    boolean copied = body.length <= MAX_COPIED_BODY;
    if (copied) {
      reserve(body.length);
      System.arraycopy(body, 0, bytes, length, body.length);
      length += body.length;
    }
    first = ByteBuffer.wrap(bytes, 0, length);
    rest = copied ? NOTHING : ByteBuffer.wrap(body);
  }

  private void put(Preamble next) {
    length = 0;
    text(next.method());
    one(' ');
    text(next.destination().target());
    text(" HTTP/1.1");
    endLine();
    header("Host", next.destination().origin().authority());
    for (var header : next.headers()) {
      header(header.getName(), header.getValue());
    }
    preamble = next;
    preambleLength = length;
  }

  /** Lets go of the body: a connection that rests must not keep megabytes from being freed. */
  void forget() {
    body = NO_BODY;
    first = NOTHING;
    rest = NOTHING;
  }

  /** Whether the request that was taken up has a body. */
  boolean hasBody() {
    return body.length > 0;
  }

  /** Writes all of it. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    if (body.length > MAX_COPIED_BODY) {
      out.write(body);
    }
    out.flush();
  }

  /** Writes what the channel takes without waiting, a piece at most; whether that was all. */
  boolean writeTo(WritableByteChannel channel) throws IOException {
    var next = first.hasRemaining() ? first : rest;
    int end = next.limit();
    next.limit(Math.min(end, next.position() + MAX_PIECE));
    try {
      channel.write(next);
    } finally {
      next.limit(end);
    }
    return !first.hasRemaining() && !rest.hasRemaining();
  }

  private void header(String name, String value) {
    text(name);
    one(':');
    one(' ');
    text(value);
    endLine();
  }

  private void endLine() {
    one('\r');
    one('\n');
  }

  private void one(char sign) {
    reserve(1);
    bytes[length++] = (byte) sign;
  }

  /** Latin-1, as RFC 9110, section 5.5, has it; nothing in it can end a line. */
  private void text(String text) {
    int size = text.length();
    reserve(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) sendable(text.charAt(i));
    }
  }

  private static char sendable(char sign) {
    boolean printable = (sign >= ' ' && sign <= '~') || (sign >= 0xa0 && sign <= 0xff);
    return printable || sign == '\t' ? sign : UNSENDABLE;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
