package io.kafkafetch.adapter.processors.http;

/** How many records a request carries, and in which form. */
enum BatchFormat {
  /** One, its value unchanged. */
  OFF("off", "application/json"),
  /** Several, as a JSON array (RFC 8259). */
  JSON("json", "application/json"),
  /** Several, one JSON text a line. */
  NDJSON("ndjson", "application/x-ndjson");

  private final String word;
  private final String contentType;

  BatchFormat(String word, String contentType) {
    this.word = word;
    this.contentType = contentType;
  }

  /** The content type of requests that are not told another. */
  String contentType() {
    return contentType;
  }

  /** The format of that word in a configuration; the schema lets no other through. */
  static BatchFormat of(String word) {
    for (var format : values()) {
      if (format.word.equals(word)) {
        return format;
      }
    }
    throw new IllegalArgumentException("No batch format is called " + word);
  }
}
