package io.kafkafetch.adapter.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonBufferTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGE = 300_000;

  @FunctionalInterface
  private interface Content {
    void write(JsonBuffer out) throws IOException;
  }

  private static byte[] written(Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var generator = new JsonFactory().createGenerator(bytes)) {
      generator.writeStartArray();
      var buffer = JsonBuffer.below(generator, false);
      content.write(buffer);
      buffer.spill();
      generator.writeEndArray();
    }
    return bytes.toByteArray();
  }

  private static JsonNode read(Content content) throws IOException {
    return JSON.readTree(written(content));
  }

  private static void assertTextSurvives(String text) throws IOException {
    var node = read(out -> assertTrue(out.text(text.getBytes(UTF_8))));
    assertEquals(1, node.size());
    assertEquals(text, node.get(0).textValue());
  }

  private static void assertIsNoText(byte[] bytes) throws IOException {
    var all =
        written(out -> {
          out.number(1);
          assertFalse(out.text(bytes));
        });
    assertEquals("[1]", new String(all, UTF_8));
  }

  @Test
  void everyCharacterSurvivesAtEveryPlaceOfAWord() throws IOException {
    for (int character = 0; character < 0x300; character++) {
      for (int before = 0; before < 9; before++) {
        assertTextSurvives("x".repeat(before) + (char) character + "y".repeat(9));
        assertTextSurvives("x".repeat(before) + (char) character);
      }
    }
  }

  @Test
  void textsOfAnyLengthAndKindSurvive() throws IOException {
    var random = new Random(7);
    var characters = new int[] {'a', ' ', '"', '\\', '\n', 1, 0x7f, 'ü', '€', 0x1f600, 0xfffd};
    for (int length : new int[] {0, 1, 3_071, 3_072, 3_073, 70_000, LARGE}) {
      var text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(characters[random.nextInt(characters.length)]);
      }
      assertTextSurvives(text.toString());
    }
  }

  @Test
  void nothingButControlCharactersFitsToo() throws IOException {
    assertTextSurvives("\u0001".repeat(LARGE));
  }

  @Test
  void whatIsNotUtf8LeavesNothingBehind() throws IOException {
    var wrong =
        new byte[][] {{(byte) 0xc3}, {(byte) 0xff}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}};
    for (var bytes : wrong) {
      for (int before : new int[] {0, 1, 7, 8, 9, 3_070, 3_071, 3_072, LARGE}) {
        var text = new byte[before + bytes.length];
        Arrays.fill(text, (byte) '"');
        System.arraycopy(bytes, 0, text, before, bytes.length);
        assertIsNoText(text);
      }
    }
  }

  @Test
  void numbersAreWhole() throws IOException {
    for (long number : new long[] {0, 9, 10, 99, 1_234_567_890_123L, Long.MAX_VALUE, -1}) {
      assertEquals(number, read(out -> out.number(number)).get(0).longValue());
    }
    assertEquals(Long.MIN_VALUE, read(out -> out.number(Long.MIN_VALUE)).get(0).longValue());
  }

  @Test
  void base64IsWholeAtAnyLength() throws IOException {
    for (int length : new int[] {0, 1, 2, 3, 3_071, 3_072, 3_073, LARGE, LARGE + 1}) {
      var bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      var text = read(out -> out.base64(bytes)).get(0).textValue();
      assertArrayEquals(bytes, Base64.getDecoder().decode(text));
    }
  }

  @Test
  void jsonIsPassedOnByteForByte() throws IOException {
    var json = "{\"a\": [1, 2.50,\r\n \"" + "ü".repeat(LARGE) + "\"\n]}";
    assertEquals(
        "[" + json + "]", new String(written(out -> out.raw(json.getBytes(UTF_8))), UTF_8));
    assertEquals(
        "[" + json.replace('\n', ' ').replace('\r', ' ') + "]",
        new String(written(out -> out.rawInOneLine(json.getBytes(UTF_8))), UTF_8));
  }

  @Test
  void manySmallPiecesKeepTheirOrder() throws IOException {
    var node =
        read(out -> {
          for (int i = 0; i < 50_000; i++) {
            if (i > 0) {
              out.one(',');
            }
            out.number(i);
          }
        });
    assertEquals(50_000, node.size());
    for (int i = 0; i < 50_000; i++) {
      assertEquals(i, node.get(i).intValue());
    }
  }
}
