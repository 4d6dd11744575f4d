package io.kafkafetch.adapter.processors.database;

/** The database cannot take the records as it is, and a person must decide what to change. */
final class UnfitTableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfitTableException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
