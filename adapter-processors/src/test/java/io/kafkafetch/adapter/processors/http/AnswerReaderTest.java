package io.kafkafetch.adapter.processors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they lie on the wire, in pieces of every length. */
class AnswerReaderTest {
  private final AnswerReader reader = new AnswerReader();

  /** Reads what comes in pieces of that length, up to the end of the answer or of all. */
  private void read(String bytes, int piece) throws IOException, HttpException {
    reader.begin();
    var in =
        new ByteArrayInputStream(bytes.getBytes(ISO_8859_1)) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(piece, length));
          }
        };
    for (boolean whole = reader.advance(); !whole; whole = reader.advance()) {
      if (reader.readFrom(in) < 0) {
        reader.end();
        return;
      }
    }
  }

  private void read(String bytes) throws IOException, HttpException {
    read(bytes, Integer.MAX_VALUE);
  }

  /** {@code |} stands for a line break. */
  private static String wire(String text) {
    return text.replace("|", "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          HTTP/1.1 200 OK|Content-Length: 0||                                      > true
          HTTP/1.1 201|content-length:0||                                          > true
          HTTP/1.1 200 OK|CONTENT-LENGTH: \t5 |Server: x||hello                    > true
          HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 2||hi                  > true
          HTTP/1.1 204 No Content||                                                > true
          HTTP/1.1 304 Not Modified|Date: now||                                    > true
          HTTP/1.1 200 OK|Transfer-Encoding: chunked||0||                          > true
          HTTP/1.1 200 OK|Transfer-Encoding: Chunked||5|hello|0||                  > true
          HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||a;x=y|0123456789|00||  > true
          HTTP/1.1 200 OK|Transfer-Encoding: chunked||1 |x|0|Trailer: a|B: c||     > true
          HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 0||               > true
          HTTP/1.1 103 Early|Link: a||HTTP/1.1 102 X||HTTP/1.1 204 Y||             > true
          HTTP/1.1 200 OK|Connection: keep-alive|Content-Length: 0||               > true
          HTTP/1.1 200 OK|X-Folded: a|  b: c|Content-Length: 1||x                  > true
          ||HTTP/1.1 200 OK|Content-Length: 0||                                    > true
          HTTP/1.0 200 OK|Connection: x, Keep-Alive|Content-Length: 0||            > true
          HTTP/1.0 200 OK|Content-Length: 0||                                      > false
          HTTP/1.1 200 OK|Connection: close|Content-Length: 0||                    > false
          HTTP/1.1 200 OK|Connection: foo , CLOSE|Content-Length: 3||abc           > false
          HTTP/1.1 200 OK|Connection: a|Connection: close|Content-Length: 0||      > false
          HTTP/1.1 200 OK||until it closes                                         > false
          HTTP/1.1 200 OK|Transfer-Encoding: gzip||until it closes                 > false
          HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 3||0||        > false
          HTTP/1.1 204 No Content|Content-Length: 3||                              > false
          """)
  void isWholeHoweverItComesAndTellsWhetherMoreMayFollow(String text, boolean mayFollow)
      throws IOException, HttpException {
    for (int piece = 1; piece <= text.length() + 8; piece++) {
      read(wire(text), piece);

      assertTrue(reader.hasHead());
      assertEquals(mayFollow, reader.mayFollow(), "in pieces of " + piece);
      int status = reader.answer().status();
      assertTrue(status >= 200 && status < 305, () -> "It is " + status);
    }
  }

  @Test
  void linesMayEndWithoutACarriageReturn() throws IOException, HttpException {
    read("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi");

    assertTrue(reader.mayFollow());
  }

  @Test
  void whatAnAnswerSaysIsKnown() throws IOException, HttpException {
    read(
        wire(
            "HTTP/1.1 307 Elsewhere|LOCATION:  https://a.example/b|Location: no|"
                + "retry-after: 12|Content-Length: 0||"));

    assertEquals(
        new Answer(307, Optional.of("https://a.example/b"), Optional.of("12")), reader.answer());
  }

  @Test
  void aFoldedValueIsOneLine() throws IOException, HttpException {
    read(
        wire(
            "HTTP/1.1 503 Busy|Retry-After: Sat, 21 Nov|\t 2026 10:02:00 GMT|Content-Length: 0||"));

    assertEquals(Optional.of("Sat, 21 Nov 2026 10:02:00 GMT"), reader.answer().retryAfter());
    assertTrue(reader.mayFollow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not http at all||",
        "SSH-2.0-OpenSSH||",
        "HTTP/2 200 OK||",
        "HTTP/1.1200 OK||",
        "HTTP/1.1 20 OK||",
        "HTTP/1.1 2000 OK||",
        "HTTP/1.1 2x0 OK||",
        "HTTP/1.1 099 OK||",
        "HTTP/1.1 200 OK|no colon||",
        "HTTP/1.1 200 OK|Content-Length: ||",
        "HTTP/1.1 200 OK|Content-Length: -1||",
        "HTTP/1.1 200 OK|Content-Length: +1||",
        "HTTP/1.1 200 OK|Content-Length: 1, 1||x",
        "HTTP/1.1 200 OK|Content-Length: 9999999999999999999||",
        "HTTP/1.1 200 OK|Content-Length: 1|Content-Length: 2||xx",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked|||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|x|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|xy|0||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1111111111111111|x",
      })
  void whatIsNotHttpIsSaidToBeNone(String text) {
    for (int piece = 1; piece <= text.length() + 8; piece++) {
      int length = piece;
      assertThrows(HttpException.class, () -> read(wire(text), length));
    }
  }

  @Test
  void interimAnswersDoNotGoOnForEver() throws IOException, HttpException {
    var interim = wire("HTTP/1.1 103 Early||");
    var last = wire("HTTP/1.1 200 OK|Content-Length: 0||");
    read(interim.repeat(15) + last);
    assertTrue(reader.mayFollow());

    assertThrows(HttpException.class, () -> read(interim.repeat(16) + last));
  }

  @Test
  void aHeadIsReadUpToItsLimitAndNoFurther() throws IOException, HttpException {
    var first = wire("HTTP/1.1 200 OK|Content-Length: 0|X: ");
    read(first + "x".repeat(AnswerReader.MAX_HEAD - first.length() - 4) + wire("||"));
    assertTrue(reader.mayFollow());

    assertThrows(
        HttpException.class, () -> read(first + "x".repeat(AnswerReader.MAX_HEAD) + wire("||")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK|Content-Length: 100000||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||186a0|",
        "HTTP/1.1 200 OK||"
      })
  void aBodyIsReadAwayUpToItsLimitAndNoFurther(String head) throws IOException, HttpException {
    // More is never asked for: there it would end too early.
    read(wire(head) + "x".repeat(AnswerReader.MAX_BODY + 1), 1_000);

    assertEquals(200, reader.answer().status());
    assertFalse(reader.mayFollow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK|Content-Length: 0||HTTP/1.1 500 Unasked||",
        "HTTP/1.1 200 OK|Content-Length: 2||hi!",
        "HTTP/1.1 204 No Content||!",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0||!",
      })
  void afterWhatComesUnaskedNoAnswerIsBelieved(String text) throws IOException, HttpException {
    read(wire(text));

    assertTrue(reader.answer().status() < 300);
    assertFalse(reader.mayFollow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK|Content-Length: 0|",
        "HTTP/1.1 200 OK|Content-Length: 10||half",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|ab",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|0|",
      })
  void whatIsCutShortIsNoAnswer(String text) {
    assertInstanceOf(
        ConnectionClosedException.class, assertThrows(IOException.class, () -> read(wire(text))));
  }

  @Test
  void anEndWithoutAByteIsToldFromHalfAnAnswer() {
    assertThrows(NoHttpResponseException.class, () -> read(""));
    assertFalse(reader.hasHead());
  }

  @Test
  void nothingOfALastAnswerIsLeftInTheNext() throws IOException, HttpException {
    read(wire("HTTP/1.1 503 Busy|Retry-After: 7|Connection: close|Content-Length: 3||abc"));
    read(wire("HTTP/1.1 200 OK|Content-Length: 0||"));

    assertEquals(new Answer(200, Optional.empty(), Optional.empty()), reader.answer());
    assertTrue(reader.mayFollow());
  }
}
