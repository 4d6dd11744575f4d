package io.kafkafetch.adapter.processors.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Takes the head of an answer only when the empty line that ends it was there (RFC 9112, section
 * 8). The library alone takes {@code HTTP/1.1 200} and a cut connection for a success.
 */
final class WholeHeadParser implements HttpMessageParser<ClassicHttpResponse> {
  private final DefaultHttpResponseParser parser;

  WholeHeadParser(Http1Config limits) {
    parser = new DefaultHttpResponseParser(limits);
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    return parser.parse(new Lines(buffer), in);
  }

  /** The same buffer, but for an end that comes too early. */
  private static final class Lines implements SessionInputBuffer {
    private final SessionInputBuffer buffer;
    private boolean begun;

    Lines(SessionInputBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
      int length = buffer.readLine(line, in);
      if (length < 0 && begun) {
        throw new ConnectionClosedException("The head of the answer was cut short");
      }
      begun = true;
      return length;
    }

    @Override
    public int length() {
      return buffer.length();
    }

    @Override
    public int capacity() {
      return buffer.capacity();
    }

    @Override
    public int available() {
      return buffer.available();
    }

    @Override
    public int read(byte[] bytes, int from, int length, InputStream in) throws IOException {
      return buffer.read(bytes, from, length, in);
    }

    @Override
    public int read(byte[] bytes, InputStream in) throws IOException {
      return buffer.read(bytes, in);
    }

    @Override
    public int read(InputStream in) throws IOException {
      return buffer.read(in);
    }

    @Override
    public HttpTransportMetrics getMetrics() {
      return buffer.getMetrics();
    }
  }
}
