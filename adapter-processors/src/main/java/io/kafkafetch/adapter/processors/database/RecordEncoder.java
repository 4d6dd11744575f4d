package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes records of one partition as rows, in the order of {@link SyncTable#COLUMNS} and then the
 * configured columns. Owned by one thread at a time.
 */
final class RecordEncoder {
  private static final long NO_TIMESTAMP = -1;

  private final JsonbText json = new JsonbText();
  private final FieldColumns fields;

  /** How each row begins: the number of fields, topic, topic id and partition. */
  private final byte[] prefix;

  /** Offsets whose value PostgreSQL refused as jsonb although it looked well. */
  private final Set<Long> keptAsBytes = new HashSet<>();

  RecordEncoder(SourcePartition source, List<Column> columns) {
    fields = new FieldColumns(columns);
    var row = new RowBuffer(1024);
    row.int16(SyncTable.COLUMNS.size() + columns.size());
    row.textField(source.topic());
    row.textField(source.topicId());
    row.int32(Integer.BYTES);
    row.int32(source.partition());
    prefix = Arrays.copyOf(row.array(), row.size());
  }

  /**
   * From now on the value of the record at {@code offset} is no jsonb.
   *
   * @return false when that was known
   */
  boolean keepAsBytes(long offset) {
    return keptAsBytes.add(offset);
  }

  /** Forgets what {@link #keepAsBytes} said. */
  void reset() {
    keptAsBytes.clear();
  }

  /**
   * Writes one row.
   *
   * @throws RefusedRecordException if a field does not fit its column; the row is then torn
   */
  void write(RecordBatch batch, int index, RowBuffer row) throws RefusedRecordException {
    row.raw(prefix);
    long offset = batch.offset(index);
    row.int64Field(offset);
    long timestamp = batch.timestamp(index);
    if (timestamp == NO_TIMESTAMP) {
      row.nullField();
    } else {
      row.int64Field(Timestamps.ofRecord(timestamp));
    }
    var key = batch.key(index);
    if (key == null) {
      row.nullField();
    } else {
      row.bytesField(key);
    }
    var value = batch.value(index);
    if (value == null) {
      row.nullField();
      row.nullField();
      HeadersJson.write(batch.headers(index), row);
      fields.writeNulls(row);
      return;
    }
    boolean jsonb = json.accepts(value) && !(hasExceptions() && keptAsBytes.contains(offset));
    if (jsonb) {
      row.jsonbField(value);
      row.nullField();
    } else {
      row.nullField();
      row.bytesField(value);
    }
    HeadersJson.write(batch.headers(index), row);
    if (!fields.isEmpty()) {
      if (!jsonb) {
        throw FieldColumns.notAnObject(index);
      }
      fields.write(index, value, row);
    }
  }

  private boolean hasExceptions() {
    return !keptAsBytes.isEmpty();
  }
}
