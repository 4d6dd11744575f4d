package io.kafkafetch.adapter.processors.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What we take for jsonb is what PostgreSQL takes for jsonb. */
class JsonbTextTest {
  private static final List<String> SEEDS =
      List.of(
          "{\"a\": 1, \"b\": [true, false, null], \"c\": {\"d\": \"text\"}}",
          "[1, -0, 0.5, 1e10, 1E-5, 123456789012345678901234567890]",
          "\"caf\\u00e9 \\ud83d\\ude00 \\n\\t\\\\ \\/ 😀 é\"",
          " \t\r\n{ } ",
          "{\"a\":{\"a\":{\"a\":[[],[[]]]}}, \"a\":2}",
          "-12.50e+3");

  private static final String DIGITS = "9".repeat(131_072);

  private static final List<String> TRICKY =
      List.of(
          "",
          " ",
          "null",
          "nul",
          "nulls",
          "tru",
          "[",
          "]",
          "{",
          "{}",
          "[]",
          "[,]",
          "[1,]",
          "[1 2]",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{a:1}",
          "{1:1}",
          "{\"a\":1}}",
          "1 2",
          "01",
          "-",
          "-1",
          "+1",
          "1.",
          ".5",
          "1e",
          "1e+",
          "1e5",
          "1E+5",
          "0x1",
          "NaN",
          "Infinity",
          "'a'",
          "\"",
          "\"\\\"",
          "\"\\x\"",
          "\"\\u00\"",
          "\"\\u0000\"",
          "\"\\u0001\"",
          "\"\\u001g\"",
          "\"\\ud800\"",
          "\"\\udc00\"",
          "\"\\ud800\\ud800\"",
          "\"\\ud800x\"",
          "\"\\ud800\\n\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\\ude0\"",
          "\"\u0001\"",
          "\"\u007f\"",
          "\"\t\"",
          "\ufeff1",
          "\"\ufeff\"",
          "1e400000",
          "1e-400000",
          "0e400000",
          "0e-400000",
          "1e131071",
          "1e131072",
          "10e131071",
          "0.1e131072",
          "0.01e131073",
          "0.01e131074",
          "1e-16383",
          "1e-16384",
          "0.1e-16382",
          "0.1e-16383",
          "100e-16385",
          DIGITS,
          DIGITS + "0",
          "-" + DIGITS,
          "1" + DIGITS,
          "0." + "1".repeat(16_383),
          "0." + "1".repeat(16_384),
          "0e1073741823",
          "0e1073741824",
          "0e99999999999999999999",
          "1e99999999999999999999",
          "0.0e400000",
          "0.000e-20000",
          "{\"a\":1,\"a\":2}",
          "{\"\":1}",
          "\u00a01",
          "1\u0000",
          "\"a\u0000\"");

  private final JsonbText json = new JsonbText();

  @Test
  void theTrickyOnesAreJudgedAsPostgresDoes() throws SQLException {
    assertAgreement(TRICKY.toArray(String[]::new));
  }

  @Test
  void whatIsNotUtf8IsRefused() throws SQLException {
    for (var bytes :
        List.of(
            new int[] {0x80},
            new int[] {0xc0, 0x80},
            new int[] {0xc1, 0xbf},
            new int[] {0xc2, 0x80},
            new int[] {0xc2},
            new int[] {0xe0, 0x9f, 0xbf},
            new int[] {0xe0, 0xa0, 0x80},
            new int[] {0xed, 0x9f, 0xbf},
            new int[] {0xed, 0xa0, 0x80},
            new int[] {0xef, 0xbf, 0xbf},
            new int[] {0xf0, 0x8f, 0xbf, 0xbf},
            new int[] {0xf0, 0x90, 0x80, 0x80},
            new int[] {0xf4, 0x8f, 0xbf, 0xbf},
            new int[] {0xf4, 0x90, 0x80, 0x80},
            new int[] {0xf5, 0x80, 0x80, 0x80},
            new int[] {0xe2, 0x82},
            new int[] {0xe2, 0x28, 0xa1})) {
      var value = new byte[bytes.length + 2];
      value[0] = '"';
      value[value.length - 1] = '"';
      for (int i = 0; i < bytes.length; i++) {
        value[i + 1] = (byte) bytes[i];
      }
      assertAgreement(List.of(value));
    }
  }

  @Test
  void thousandsOfDamagedDocumentsAreJudgedAsPostgresDoes() throws SQLException {
    var random = new Random(42);
    var documents = new ArrayList<byte[]>();
    for (int i = 0; i < 20_000; i++) {
      documents.add(damaged(SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8), random));
    }
    assertAgreement(documents);
  }

  @Test
  void nestingIsLimited() {
    assertTrue(json.accepts(nested(JsonbText.MAX_DEPTH)));
    assertFalse(json.accepts(nested(JsonbText.MAX_DEPTH + 1)));
    assertFalse(json.accepts(nested(1_000_000)));
    assertTrue(json.accepts("1".getBytes(UTF_8)));
  }

  private static byte[] nested(int depth) {
    return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
  }

  private static byte[] damaged(byte[] document, Random random) {
    var alphabet =
        "{}[],:\"\\ue0123456789.-+ tnrfalse\u0000\u001f\u00e9"
            .getBytes(StandardCharsets.ISO_8859_1);
    var damaged = document.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      damaged[random.nextInt(damaged.length)] = alphabet[random.nextInt(alphabet.length)];
    }
    return damaged;
  }

  private void assertAgreement(String... documents) throws SQLException {
    var bytes = new ArrayList<byte[]>();
    for (var document : documents) {
      bytes.add(document.getBytes(UTF_8));
    }
    assertAgreement(bytes);
  }

  /** Asks PostgreSQL through a function that catches its refusal. */
  private void assertAgreement(List<byte[]> documents) throws SQLException {
    var database = Database.fresh();
    database.execute(
        """
        create function takes(value bytea) returns boolean language plpgsql as $$
        begin
          perform convert_from(value, 'UTF8')::jsonb;
          return true;
        exception when others then return false;
        end $$
        """);
    try (var connection = database.connect();
        var statement =
            connection.prepareStatement("select takes(v) from unnest(?::bytea[]) as v")) {
      statement.setArray(1, connection.createArrayOf("bytea", documents.toArray(new byte[0][])));
      try (var result = statement.executeQuery()) {
        for (var document : documents) {
          result.next();
          assertEquals(
              result.getBoolean(1),
              json.accepts(document),
              () -> {
                var text = new String(document, UTF_8);
                return text.length() > 200 ? text.length() + " characters" : text;
              });
        }
      }
    } finally {
      database.close();
    }
  }
}
