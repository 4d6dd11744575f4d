package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Redaction;
import java.util.List;

/** The keys of a {@code streaming_forwarder}'s configuration, and what holds without them. */
final class ForwarderKeys {
  static final String ENDPOINT_URL = "endpoint_url";
  static final String METHOD = "method";
  static final String HEADERS = "headers";
  static final String TIMEOUT_MS = "timeout_ms";
  static final String BATCH = "batch";
  static final String BATCH_MAX_RECORDS = "batch_max_records";
  static final String BATCH_MAX_BYTES = "batch_max_bytes";
  static final String MAX_IN_FLIGHT = "max_in_flight";
  static final String SIGNING_SECRET = "signing_secret";
  static final String HTTP_VERSION = "http_version";

  static final long DEFAULT_TIMEOUT_MS = 30_000;
  static final long DEFAULT_BATCH_MAX_RECORDS = 500;
  static final long DEFAULT_BATCH_MAX_BYTES = 1 << 20;

  static final ConfigSchema SCHEMA =
      ConfigSchema.of(
          ConfigField.required(
                  ENDPOINT_URL,
                  new FieldType.Text(2048),
                  "Where requests go: an http or https URL without user, password and fragment.")
              .secret(Redaction.URL_PASSWORD),
          ConfigField.withDefault(
              METHOD,
              new FieldType.Choice(List.of("POST", "PUT", "PATCH")),
              "POST",
              "The method of every request."),
          ConfigField.optional(
                  HEADERS,
                  new FieldType.Texts(50, 8192),
                  "Headers of every request, such as Authorization. Content-Type is"
                      + " application/json (application/x-ndjson for ndjson) unless given here.")
              .secret(Redaction.HEADER_VALUES),
          ConfigField.withDefault(
              TIMEOUT_MS,
              new FieldType.Whole(100, 300_000),
              DEFAULT_TIMEOUT_MS,
              "How long a request may take in all, connecting and redirects included, in"
                  + " milliseconds."),
          ConfigField.withDefault(
              BATCH,
              new FieldType.Choice(List.of("off", "json", "ndjson")),
              "off",
              "Whether a request carries one record (off), a JSON array or newline-delimited"
                  + " JSON."),
          ConfigField.withDefault(
              BATCH_MAX_RECORDS,
              new FieldType.Whole(1, 100_000),
              DEFAULT_BATCH_MAX_RECORDS,
              "No request of a batch has more records."),
          ConfigField.withDefault(
              BATCH_MAX_BYTES,
              new FieldType.Whole(1, 64 << 20),
              DEFAULT_BATCH_MAX_BYTES,
              "No request of more than one record has a longer body, in bytes."),
          ConfigField.withDefault(
              MAX_IN_FLIGHT,
              new FieldType.Whole(1, 256),
              1L,
              "How many requests of a partition may be under way at once. 1 keeps the order of the"
                  + " partition; above, only records of the same key keep theirs."),
          ConfigField.optional(
                  SIGNING_SECRET,
                  new FieldType.Text(1024),
                  "Signs requests by the Standard Webhooks specification: whsec_ and 24 to 64 bytes"
                      + " in base64; several, separated by spaces, while one is being replaced.")
              .secret(Redaction.WHOLE),
          ConfigField.withDefault(
              HTTP_VERSION,
              new FieldType.Choice(List.of("auto", "1.1")),
              "auto",
              "auto speaks HTTP/2 with https servers that have it, 1.1 never does."));

  private ForwarderKeys() {}
}
