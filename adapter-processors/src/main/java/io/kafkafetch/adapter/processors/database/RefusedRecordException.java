package io.kafkafetch.adapter.processors.database;

/** A record that can never be written as it is configured, found before the database saw it. */
final class RefusedRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int index;

  /**
   * @param index which record of the batch
   * @param reason a sentence without any of its content
   */
  RefusedRecordException(int index, String reason) {
    super(reason, null, false, false);
    this.index = index;
  }

  int index() {
    return index;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
