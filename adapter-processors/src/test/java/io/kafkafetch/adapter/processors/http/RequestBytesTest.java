package io.kafkafetch.adapter.processors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;

class RequestBytesTest {
  private final RequestBytes bytes = new RequestBytes();

  private static OutgoingRequest request(byte[] body, Header... headers) {
    return new OutgoingRequest(
        "POST",
        Destination.of(URI.create("http://Sink.example:8080/in?q=1")),
        List.of(headers),
        body);
  }

  private String written(OutgoingRequest request) throws IOException {
    var out = new ByteArrayOutputStream();
    bytes.put(request);
    bytes.writeTo(out);
    return out.toString(ISO_8859_1);
  }

  @Test
  void aRequestIsWrittenAsHttpHasIt() throws IOException {
    assertEquals(
        "POST /in?q=1 HTTP/1.1\r\nHost: sink.example:8080\r\nKafka-Offset: 7\r\nContent-Length: 2\r\n\r\nhi",
        written(request("hi".getBytes(ISO_8859_1), new BasicHeader("Kafka-Offset", "7"))));
  }

  @Test
  void withoutABodyItsLengthIsSaidToBeNone() throws IOException {
    assertEquals(
        "POST /in?q=1 HTTP/1.1\r\nHost: sink.example:8080\r\nContent-Length: 0\r\n\r\n",
        written(request(new byte[0])));
  }

  @Test
  void nothingInAHeaderEndsALine() throws IOException {
    var text =
        written(request(new byte[0], new BasicHeader("Kafka-Key", "a\r\nEvil: 1\0\u20ac\u00e9")));

    assertEquals("Kafka-Key: a??Evil: 1??\u00e9", text.split("\r\n", -1)[2]);
  }

  @Test
  void aLargeBodyFollowsItsHeadUncopied() throws IOException {
    var body = new byte[100_000];
    Arrays.fill(body, (byte) 'x');
    var pieces = new ArrayList<byte[]>();
    var whole =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] from, int offset, int length) {
            pieces.add(from);
            super.write(from, offset, length);
          }
        };

    bytes.put(request(body));
    bytes.writeTo(whole);

    assertEquals(body, pieces.getLast());
    var written = whole.toByteArray();
    assertArrayEquals(
        body, Arrays.copyOfRange(written, written.length - body.length, written.length));
  }

  @Test
  void whatWasWrittenBeforeIsNotWrittenAgain() throws IOException {
    var first = written(request("a longer body".getBytes(ISO_8859_1)));

    var second = written(request("short".getBytes(ISO_8859_1)));

    assertEquals("short", second.substring(second.indexOf("\r\n\r\n") + 4));
    assertEquals("a longer body", first.substring(first.indexOf("\r\n\r\n") + 4));
  }
}
