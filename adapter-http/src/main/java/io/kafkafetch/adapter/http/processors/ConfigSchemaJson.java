package io.kafkafetch.adapter.http.processors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkafetch.adapter.http.json.JsonValues;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Redaction;
import java.io.IOException;
import java.util.Locale;

/** A processor's schema as JSON Schema (2020-12), accepting just what the schema itself accepts. */
final class ConfigSchemaJson {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Anything but white space somewhere. */
  private static final String NOT_BLANK = "\\S";

  private ConfigSchemaJson() {}

  static void write(JsonGenerator out, ConfigSchema schema) throws IOException {
    out.writeStartObject();
    out.writeStringField("$schema", DIALECT);
    out.writeStringField("type", "object");
    out.writeObjectFieldStart("properties");
    for (var field : schema.fields()) {
      out.writeFieldName(field.name());
      write(out, field);
    }
    out.writeEndObject();
    out.writeArrayFieldStart("required");
    for (var field : schema.fields()) {
      if (field.required()) {
        out.writeString(field.name());
      }
    }
    out.writeEndArray();
    out.writeBooleanField("additionalProperties", false);
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, ConfigField field) throws IOException {
    out.writeStartObject();
    out.writeStringField("description", field.description());
    writeType(out, field.type());
    if (field.defaultValue().isPresent()) {
      out.writeFieldName("default");
      JsonValues.write(out, field.defaultValue().get());
    }
    if (field.redaction() != Redaction.NONE) {
      out.writeStringField("x-redaction", field.redaction().name().toLowerCase(Locale.ROOT));
    }
    out.writeEndObject();
  }

  private static void writeType(JsonGenerator out, FieldType type) throws IOException {
    switch (type) {
      case FieldType.Text(int maxLength) -> {
        out.writeStringField("type", "string");
        out.writeNumberField("maxLength", maxLength);
        out.writeStringField("pattern", NOT_BLANK);
      }
      case FieldType.Whole(long min, long max) -> {
        out.writeStringField("type", "integer");
        out.writeNumberField("minimum", min);
        out.writeNumberField("maximum", max);
      }
      case FieldType.Flag() -> out.writeStringField("type", "boolean");
      case FieldType.Choice(var options) -> {
        out.writeFieldName("enum");
        JsonValues.write(out, options);
      }
      case FieldType.Texts(int maxEntries, int maxLength) -> writeTexts(out, maxEntries, maxLength);
    }
  }

  private static void writeTexts(JsonGenerator out, int maxEntries, int maxLength)
      throws IOException {
    out.writeStringField("type", "object");
    out.writeNumberField("maxProperties", maxEntries);
    out.writeObjectFieldStart("propertyNames");
    out.writeStringField("pattern", NOT_BLANK);
    out.writeEndObject();
    out.writeObjectFieldStart("additionalProperties");
    out.writeStringField("type", "string");
    out.writeNumberField("maxLength", maxLength);
    out.writeEndObject();
  }
}
