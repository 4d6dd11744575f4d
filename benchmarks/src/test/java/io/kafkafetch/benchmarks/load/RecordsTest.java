package io.kafkafetch.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the benchmarks send")
final class RecordsTest {
  @Test
  void isJsonOfTwoHundredBytesThatSaysItsNumber() throws IOException {
    for (int number : new int[] {0, 7, 1_234_567, Integer.MAX_VALUE}) {
      var value = Records.value(number);

      assertEquals(Records.SIZE, value.length);
      assertEquals(number, new ObjectMapper().readTree(value).get("id").asInt());
    }
  }

  @Test
  void canSayWhenItWasSent() {
    var found = new ArrayList<Long>();
    var value = Stamps.value(123_456_789L);

    Stamps.find(value, value.length, found::add);

    assertEquals(List.of(123_456_789L), found);
  }

  @Test
  void isAnsweredToItsEnd() throws IOException {
    var plain = "HTTP/1.1 200 OK\r\ncontent-Length: 5\r\nA: b\r\n\r\nhello".getBytes(UTF_8);
    var chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n".getBytes(UTF_8);

    assertTrue(Answers.isWhole(plain, plain.length));
    assertFalse(Answers.isWhole(plain, plain.length - 1));
    assertFalse(Answers.isWhole(plain, 20));
    assertTrue(Answers.isWhole(chunked, chunked.length));
    assertFalse(Answers.isWhole(chunked, chunked.length - 1));
  }

  @Test
  void isCountedWhereverItsAnswerWasCut() {
    var plain = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n,\"b\":1;,,\"b\":2".getBytes(UTF_8);
    var chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n,\"b\r\nC\r\n\":1;,,\"b\":2;\r\n0\r\n\r\n"
            .getBytes(UTF_8);
    var text = new ArrivingText(",\"b\":".getBytes(UTF_8), 100);
    for (var answer : List.of(plain, chunked)) {
      for (int first = 0; first < answer.length; first++) {
        for (int second = first; second < answer.length; second++) {
          text.clear();
          text.count(answer, first);
          text.count(answer, second);

          assertEquals(2, text.count(answer, answer.length), first + ", " + second);
        }
      }
    }
  }

  @Test
  void isCountedInAStreamWhereverItIsCut() {
    var stream = "aab aaab aab".getBytes(UTF_8);
    for (int piece = 1; piece <= stream.length; piece++) {
      var sought = new SoughtText("aab".getBytes(UTF_8));
      var buffer = new byte[stream.length];
      int kept = 0;
      int found = 0;
      for (int at = 0; at < stream.length; at += piece) {
        int length = Math.min(piece, stream.length - at);
        System.arraycopy(stream, at, buffer, kept, length);
        found += sought.count(buffer, kept + length);
        kept = sought.keep(buffer, kept + length);
      }
      assertEquals(3, found, "in pieces of " + piece);
    }
  }

  @Test
  void isNotTakenForSentWhenItIsRefused() {
    var refused = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8);

    assertThrows(IOException.class, () -> Answers.isWhole(refused, refused.length));
  }

  @Test
  void isSentWithItsLength() {
    assertArrayEquals(
        "POST /in HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi"
            .getBytes(UTF_8),
        HttpLoad.request("POST", "/in", "text/plain", 80, "hi".getBytes(UTF_8)));
  }
}
