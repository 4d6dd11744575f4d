package io.kafkafetch.adapter.processors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;

class RequestBytesTest {
  private final RequestBytes bytes = new RequestBytes();

  private static final Preamble PLAIN = preamble("http://Sink.example:8080/in?q=1");

  private static Preamble preamble(String url, Header... headers) {
    return new Preamble("POST", Destination.of(URI.create(url)), List.of(headers));
  }

  private static OutgoingRequest request(byte[] body, Header... headers) {
    return new OutgoingRequest(PLAIN, List.of(headers), body);
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

  @Test
  void whatRequestsBeginWithIsWrittenForEachAndOwnHeadersFollow() throws IOException {
    var begun = preamble("http://a.example/x", new BasicHeader("User-Agent", "us"));
    var body = "1".getBytes(ISO_8859_1);
    var first = new OutgoingRequest(begun, List.of(new BasicHeader("Kafka-Offset", "10")), body);
    var second = new OutgoingRequest(begun, List.of(new BasicHeader("Kafka-Offset", "9")), body);

    written(first);

    assertEquals(
        "POST /x HTTP/1.1\r\nHost: a.example\r\nUser-Agent: us\r\nKafka-Offset: 9\r\n"
            + "Content-Length: 1\r\n\r\n1",
        written(second));
  }

  @Test
  void aRequestThatBeginsOtherwiseCarriesNothingOfTheOneBefore() throws IOException {
    written(
        new OutgoingRequest(
            preamble("http://a.example/long/path", new BasicHeader("Authorization", "secret")),
            List.of(),
            new byte[0]));

    assertEquals(
        "POST /y HTTP/1.1\r\nHost: b.example\r\nContent-Length: 0\r\n\r\n",
        written(new OutgoingRequest(preamble("http://b.example/y"), List.of(), new byte[0])));
  }

  @Test
  void aChannelIsGivenWhatItHasNotTakenYet() throws IOException {
    var body = new byte[300_000];
    Arrays.fill(body, (byte) 'x');
    var taken = new ByteArrayOutputStream();
    try (var channel = new Sipping(taken)) {
      bytes.put(request(body));
      int calls = 1;
      while (!bytes.writeTo(channel)) {
        calls++;
      }

      assertEquals(written(request(body)), taken.toString(ISO_8859_1));
      assertEquals(301, calls);
    }
  }

  @Test
  void aBodyThatWasSentIsLetGo() throws IOException {
    written(request("a body".getBytes(ISO_8859_1)));
    assertTrue(bytes.hasBody());

    bytes.forget();

    assertFalse(bytes.hasBody());
    assertTrue(written(request("another".getBytes(ISO_8859_1))).endsWith("\r\n\r\nanother"));
  }

  /** Takes a thousand bytes at a time. */
  private record Sipping(ByteArrayOutputStream taken) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer from) {
      int size = Math.min(1_000, from.remaining());
      for (int i = 0; i < size; i++) {
        taken.write(from.get());
      }
      return size;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
