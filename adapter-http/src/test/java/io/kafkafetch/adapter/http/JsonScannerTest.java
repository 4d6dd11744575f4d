package io.kafkafetch.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkafetch.adapter.http.json.JsonScanner;
import io.kafkafetch.adapter.http.json.Utf8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The scanner of JSON")
class JsonScannerTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String SEED =
      "{\"a\\u00e9\":[1,-0.5e+3,true,false,null,\"é\\n\\\"\"],\"b\":{},\"c\":[]} ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "1e400",
        "-12.50E-7",
        "\"\"",
        "\"\\ud800\"",
        " [ ] ",
        "{\"\":{}}",
        "null"
      })
  @DisplayName("accepts what RFC 8259 has")
  void accepts(String json) {
    assertTrue(JsonScanner.isJson(json.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "tru",
        "nul",
        "NaN",
        "'a'",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\t\"",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "1 2",
        "[",
        "{",
        "]",
        "/**/1"
      })
  @DisplayName("refuses everything else")
  void refuses(String json) {
    assertFalse(JsonScanner.isJson(json.getBytes(UTF_8)));
  }

  @Test
  @DisplayName("refuses what is nested beyond reason")
  void deep() {
    assertFalse(JsonScanner.isJson(("[".repeat(5_000) + "]".repeat(5_000)).getBytes(UTF_8)));
  }

  @Test
  @DisplayName("agrees with Jackson about 200,000 damaged texts")
  void agrees() {
    var random = new Random(42);
    var seed = SEED.getBytes(UTF_8);
    var pieces = "{}[]\",:\\0123456789eE+-.tfnu \n\u00e9\u0001".getBytes(UTF_8);
    for (int i = 0; i < 200_000; i++) {
      var json = seed.clone();
      for (int damage = random.nextInt(4); damage >= 0; damage--) {
        json[random.nextInt(json.length)] = pieces[random.nextInt(pieces.length)];
      }
      assertEquals(
          Utf8Reference.isUtf8(json) && isJackson(json),
          JsonScanner.isJson(json),
          () -> new String(json, UTF_8));
    }
  }

  @Test
  @DisplayName("agrees with the platform about what is UTF-8")
  void utf8() {
    var random = new Random(7);
    var leads = new int[] {0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4};
    for (int i = 0; i < 200_000; i++) {
      var bytes = new byte[random.nextInt(6)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] =
            (byte) (random.nextBoolean() ? leads[random.nextInt(leads.length)] : random.nextInt());
      }
      assertEquals(Utf8Reference.isUtf8(bytes), Utf8.isValid(bytes));
    }
  }

  private static boolean isJackson(byte[] json) {
    try {
      return !JACKSON.readTree(json).isMissingNode();
    } catch (IOException e) {
      return false;
    }
  }

  private static final class Utf8Reference {
    static boolean isUtf8(byte[] bytes) {
      try {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        return true;
      } catch (CharacterCodingException e) {
        return false;
      }
    }
  }
}
