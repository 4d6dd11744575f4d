package io.kafkafetch.adapter.processors.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of PostgreSQL's binary COPY format, in a buffer that is used again and again. Owned by one
 * thread at a time. Source: PostgreSQL's manual, COPY, "Binary Format"; field formats are those of
 * each type's receive function.
 */
final class RowBuffer {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int NULL_LENGTH = -1;
  private static final byte JSONB_VERSION = 1;

  private final int keep;
  private byte[] bytes;
  private int size;

  /**
   * @param keep how many bytes stay allocated between uses; one large record may need more for a
   *     while
   */
  RowBuffer(int keep) {
    this.keep = keep;
    this.bytes = new byte[keep];
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Empties it, and gives back what a large record needed. */
  void clear() {
    size = 0;
    if (bytes.length > 4 * keep) {
      bytes = new byte[keep];
    }
  }

  /** Takes back what was written after {@code mark}. */
  void truncate(int mark) {
    size = mark;
  }

  void copyHeader() {
    raw(SIGNATURE);
    int32(0); // flags
    int32(0); // length of the header's extension
  }

  void copyTrailer() {
    int16(-1);
  }

  void int8(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void int16(int value) {
    ensure(2);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
  }

  void int32(int value) {
    ensure(4);
    INT.set(bytes, size, value);
    size += 4;
  }

  void int64(long value) {
    ensure(8);
    LONG.set(bytes, size, value);
    size += 8;
  }

  void raw(byte[] value) {
    raw(value, 0, value.length);
  }

  void raw(byte[] value, int from, int length) {
    ensure(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  /** A field that is SQL's NULL. */
  void nullField() {
    int32(NULL_LENGTH);
  }

  void int64Field(long value) {
    int32(8);
    int64(value);
  }

  /** A field whose binary form is the bytes themselves: bytea, text. */
  void bytesField(byte[] value) {
    int32(value.length);
    raw(value);
  }

  void textField(String value) {
    bytesField(value.getBytes(StandardCharsets.UTF_8));
  }

  void jsonbField(byte[] text) {
    jsonbField(text, 0, text.length);
  }

  void jsonbField(byte[] text, int from, int length) {
    int32(length + 1);
    int8(JSONB_VERSION);
    raw(text, from, length);
  }

  /** Reserves the length of a field that is not known yet. */
  int beginField() {
    int32(0);
    return size;
  }

  /** Fills in the length of the field that began at {@code start}. */
  void endField(int start) {
    INT.set(bytes, start - 4, size - start);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * (size + more)));
    }
  }
}
