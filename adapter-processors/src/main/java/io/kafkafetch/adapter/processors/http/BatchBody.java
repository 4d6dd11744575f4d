package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import java.nio.charset.StandardCharsets;

/** The bodies of requests that carry several records. */
final class BatchBody {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY = {};

  private BatchBody() {}

  /** The body of a request with one record: its value, or nothing for a tombstone. */
  static byte[] single(RecordBatch batch, int index) {
    var value = batch.value(index);
    return value == null ? EMPTY : value;
  }

  /** How many bytes the record adds to a batch, separator included. */
  static long length(RecordBatch batch, int index) {
    var value = batch.value(index);
    return (value == null ? NULL.length : value.length) + 1L;
  }

  /** A JSON array of the values; a tombstone is {@code null}. */
  static byte[] array(RecordBatch batch, int from, int to) {
    var body = new byte[Math.toIntExact(lengthOf(batch, from, to) + 1)];
    int at = 0;
    for (int i = from; i < to; i++) {
      body[at++] = (byte) (i == from ? '[' : ',');
      at = append(batch, i, body, at);
    }
    body[at] = ']';
    return body;
  }

  /** A line for each value; line breaks between tokens become spaces, a tombstone null. */
  static byte[] lines(RecordBatch batch, int from, int to) {
    var body = new byte[Math.toIntExact(lengthOf(batch, from, to))];
    int at = 0;
    for (int i = from; i < to; i++) {
      int end = append(batch, i, body, at);
      for (int k = at; k < end; k++) {
        if (body[k] == '\n' || body[k] == '\r') {
          body[k] = ' ';
        }
      }
      body[end] = '\n';
      at = end + 1;
    }
    return body;
  }

  private static long lengthOf(RecordBatch batch, int from, int to) {
    long length = 0;
    for (int i = from; i < to; i++) {
      length += length(batch, i);
    }
    return length;
  }

  private static int append(RecordBatch batch, int index, byte[] body, int at) {
    var value = batch.value(index);
    var bytes = value == null ? NULL : value;
    System.arraycopy(bytes, 0, body, at, bytes.length);
    return at + bytes.length;
  }
}
