package io.kafkafetch.adapter.http.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class NdjsonLinesTest {
  private static final int PIECE = 32 << 10;

  private static NdjsonLines lines(String text) {
    var in = new ByteArrayInputStream(text.getBytes(UTF_8));
    var inPieces =
        new InputStream() {
          @Override
          public int read() {
            return in.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, Math.min(length, PIECE));
          }
        };
    return new NdjsonLines(inPieces, () -> {});
  }

  private static String text(NdjsonLines lines) {
    return new String(lines.buffer(), lines.begin(), lines.end() - lines.begin(), UTF_8);
  }

  private static void assertOnlyLineIsTooLong(String text) throws IOException {
    var lines = lines(text);
    assertTrue(lines.next());
    assertTrue(lines.isTooLong());
    assertEquals(1, lines.number());
    lines.done();
    assertFalse(lines.next());
  }

  @Test
  void aLastLineThatIsTooLongIsSeenThoughNoLineBreakEndsIt() throws IOException {
    assertOnlyLineIsTooLong("x".repeat(NdjsonLines.LONGEST + 1));
    assertOnlyLineIsTooLong("x".repeat(NdjsonLines.LONGEST + PIECE));
    assertOnlyLineIsTooLong("x".repeat(NdjsonLines.LONGEST + PIECE + 1));
  }

  @Test
  void aLineIsTooLongHoweverItComes() throws IOException {
    assertOnlyLineIsTooLong("x".repeat(NdjsonLines.LONGEST + 1) + "\n");
    assertOnlyLineIsTooLong("x".repeat(NdjsonLines.LONGEST + PIECE) + "\n");
  }

  @Test
  void aLineMayBeAsLongAsIsSaid() throws IOException {
    var longest = "x".repeat(NdjsonLines.LONGEST);
    var lines = lines(longest + "\nshort");

    assertTrue(lines.next());
    assertFalse(lines.isTooLong());
    assertEquals(longest, text(lines));
    lines.done();

    assertTrue(lines.next());
    assertFalse(lines.isTooLong());
    assertEquals("short", text(lines));
    lines.done();
    assertFalse(lines.next());
  }

  @Test
  void aLineBehindOneThatIsTooLongIsReadWhole() throws IOException {
    var lines = lines("x".repeat(3 * NdjsonLines.LONGEST) + "\nshort\n");
    assertTrue(lines.next());
    assertTrue(lines.isTooLong());
    lines.done();

    assertTrue(lines.next());
    assertFalse(lines.isTooLong());
    assertEquals("short", text(lines));
    assertEquals(2, lines.number());
  }
}
