package io.kafkafetch.adapter.processors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.domain.processor.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Given a record, what its line says in format json. */
final class JsonLinesTest {
  private static String line(
      byte @Nullable [] key, byte @Nullable [] value, RecordHeader... headers) throws IOException {
    var record = new Lines.Line(7, 1234, key, value, List.of(headers));
    var batch = new Lines(Lines.orders(2), List.of(record));
    var out = new ByteArrayOutputStream();
    // A buffer that is too small for anything shows that nothing depends on its size.
    var buffer =
        new LineBuffer(
            ByteBuffer.allocate(5),
            bytes -> {
              while (bytes.hasRemaining()) {
                out.write(bytes.get());
              }
            });
    new JsonLines().put(batch, 0, buffer);
    buffer.endRecord();
    buffer.finish();
    return out.toString(UTF_8);
  }

  private static String value(String value) throws IOException {
    var line = line(null, value.getBytes(UTF_8));
    return line.substring(line.indexOf("\"value\":"), line.indexOf(",\"headers\""));
  }

  @Test
  void saysWhereTheRecordComesFrom() throws IOException {
    assertEquals(
        """
        {"topic":"orders","partition":2,"offset":7,"timestamp":1234,"key":"k","key_format":"text",\
        "value":{"a":1},"value_format":"json","headers":[\
        {"name":"n\\"1","value":"v","value_format":"text"},\
        {"name":"n","value":null,"value_format":null}]}
        """,
        line(
            "k".getBytes(UTF_8),
            "{\"a\":1}".getBytes(UTF_8),
            new RecordHeader("n\"1", "v".getBytes(UTF_8)),
            new RecordHeader("n", null)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"n\":1.10,\"n\":1e400}|{\"n\":1.10,\"n\":1e400}|json",
        "12|12|json",
        "\"žluť\"|\"žluť\"|json",
        "null|null|json",
        "[1,2|\"[1,2\"|text",
        "1 2|\"1 2\"|text",
        "01|\"01\"|text",
        "{'a':1}|\"{'a':1}\"|text",
        "say \"hi\\\"|\"say \\\"hi\\\\\\\"\"|text",
        "kůň 🐎|\"kůň 🐎\"|text",
        "~~|\"\"|text"
      })
  void keepsJsonAsItIsAndQuotesOtherText(String value, String shown, String format)
      throws IOException {
    assertEquals("\"value\":" + shown + ",\"value_format\":\"" + format + "\"", value(value));
  }

  @Test
  void hasNoNewlineWithinTheLine() throws IOException {
    assertEquals("\"value\":{  \"a\": 1 },\"value_format\":\"json\"", value("{\r\n\"a\": 1\n}"));
    assertEquals("\"value\":\"a\\nb\\u0001\",\"value_format\":\"text\"", value("a\nb\u0001"));
  }

  @Test
  void writesOtherBytesAsBase64AndATombstoneAsNull() throws IOException {
    assertEquals(
        """
        {"topic":"orders","partition":2,"offset":7,"timestamp":1234,"key":"/wA=",\
        "key_format":"base64","value":null,"value_format":null,"headers":[]}
        """,
        line(new byte[] {(byte) 0xff, 0}, null));
  }
}
