package io.kafkafetch.adapter.processors.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the fields that have columns of their own out of JSON objects. Owned by one thread at a
 * time.
 */
final class FieldColumns {
  private static final int ABSENT = -1;
  private static final int KEEP_BYTES = 4096;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonbText.MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final List<Column> columns;
  private final Map<String, Integer> indexOf = new HashMap<>();
  private final RowBuffer fields = new RowBuffer(KEEP_BYTES);

  /** Where each column's field begins and ends in {@link #fields}; written in the JSON's order. */
  private final int[] start;

  private final int[] end;

  FieldColumns(List<Column> columns) {
    this.columns = columns;
    this.start = new int[columns.size()];
    this.end = new int[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      indexOf.put(columns.get(i).field(), i);
    }
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /** Writes NULL into all columns. */
  void writeNulls(RowBuffer row) {
    for (int i = 0; i < columns.size(); i++) {
      row.nullField();
    }
  }

  /**
   * Writes all columns of one record.
   *
   * @param index which record of the batch, for the refusal
   * @param document what {@link JsonbText} has accepted
   * @throws RefusedRecordException if a field does not fit its column, or there are no fields
   */
  void write(int index, byte[] document, RowBuffer row) throws RefusedRecordException {
    fields.clear();
    Arrays.fill(start, ABSENT);
    try (var json = JSON.createParser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw notAnObject(index);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var at = indexOf.get(json.currentName());
        json.nextToken();
        if (at == null) {
          json.skipChildren();
          continue;
        }
        // Of a repeated field the last one counts, as in jsonb.
        start[at] = fields.size();
        if (!FieldWriter.write(columns.get(at).type(), json, document, fields)) {
          throw unfit(index, columns.get(at));
        }
        end[at] = fields.size();
      }
    } catch (IOException e) {
      throw new RefusedRecordException(
          index, "The value holds something too large to be taken apart into columns");
    }
    for (int i = 0; i < start.length; i++) {
      if (start[i] == ABSENT) {
        row.nullField();
      } else {
        row.raw(fields.array(), start[i], end[i] - start[i]);
      }
    }
  }

  static RefusedRecordException notAnObject(int index) {
    return new RefusedRecordException(
        index, "The value is not a JSON object, so it has no fields for the configured columns");
  }

  private static RefusedRecordException unfit(int index, Column column) {
    return new RefusedRecordException(
        index,
        "Field %s does not fit column %s of type %s"
            .formatted(column.field(), column.name(), column.type().sql()));
  }
}
