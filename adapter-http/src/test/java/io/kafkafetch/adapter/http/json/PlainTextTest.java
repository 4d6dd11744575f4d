package io.kafkafetch.adapter.http.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static boolean isPlain(int value) {
    return value >= 0x20 && value < 0x80 && value != '"' && value != '\\';
  }

  @Test
  void plainBytesAreSteppedOverButForTheLastFew() {
    var text = "a plain text of thirty-two bytes and one".getBytes(ISO_8859_1);

    assertEquals(40, PlainText.end(text, 0, text.length));
    assertEquals(33, PlainText.end(text, 1, text.length));
    assertEquals(1, PlainText.end(text, 1, 8));
    assertEquals(text.length, PlainText.end(text, text.length, text.length));
  }

  @Test
  void whateverMeansSomethingIsFoundAtEveryPlaceOfAWord() {
    for (int value = 0; value < 256; value++) {
      for (int place = 0; place < 8; place++) {
        for (byte around : new byte[] {' ', 'x', '~', 0x7f, '!', '#', '[', ']'}) {
          var word = new byte[8];
          Arrays.fill(word, around);
          word[place] = (byte) value;

          int plain = isPlain(value) ? 8 : place;
          assertEquals(plain, PlainText.end(word, 0, 8), value + " at " + place);
        }
      }
    }
  }

  @Test
  void twoThatMeanSomethingDoNotHideEachOther() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        var word = new byte[] {'a', (byte) first, (byte) second, 'a', 'a', 'a', 'a', 'a'};
        int plain = isPlain(first) ? isPlain(second) ? 8 : 2 : 1;

        assertEquals(plain, PlainText.end(word, 0, 8), first + ", " + second);
      }
    }
  }

  @Test
  void theNextLineBreakIsFoundAtEveryPlace() {
    for (int place = 0; place < 40; place++) {
      var lines = new byte[41];
      Arrays.fill(lines, 0, place, (byte) 0x8a);
      lines[place] = '\n';
      lines[40] = '\n';

      for (int from = 0; from <= place; from++) {
        assertEquals(place, PlainText.newline(lines, from, 41));
        assertEquals(place, PlainText.newline(lines, from, place));
      }
      assertEquals(40, PlainText.newline(lines, place + 1, 41));
    }
  }

  @Test
  void eightBytesAreQuotedWhateverIsAmongThem() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        var word = new byte[] {'a', (byte) first, (byte) second, 'b', 'c', '"', 'd', (byte) first};
        boolean printable = first >= 0x20 && first < 0x80 && second >= 0x20 && second < 0x80;
        var written = new byte[17];

        assertEquals(printable, PlainText.isPrintable(word, 0), first + ", " + second);
        if (printable) {
          var expected = new String(word, ISO_8859_1).replace("\\", "\\\\").replace("\"", "\\\"");
          int end = PlainText.quote(word, 0, written, 1);
          assertEquals(expected, new String(written, 1, end - 1, ISO_8859_1));
        }
      }
    }
  }
}
