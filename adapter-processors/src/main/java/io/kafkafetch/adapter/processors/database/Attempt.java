package io.kafkafetch.adapter.processors.database;

import io.kafkafetch.domain.processor.Cause;

/** What came of one transaction. All but {@link Committed} have left nothing behind. */
sealed interface Attempt {
  /** Everything is in the table, or was there already. */
  record Committed() implements Attempt {}

  /** Whoever else delivers this partition has come as far as this offset. */
  record Overtaken(long nextOffset) implements Attempt {}

  /** The record at this index of the batch will never be taken. */
  record RecordRefused(int index, String reason) implements Attempt {}

  /** The value at this index is no jsonb in PostgreSQL's eyes, and will be given as bytes. */
  record NotJsonb(int index) implements Attempt {}

  /** Some record will never be taken, and PostgreSQL does not say which. */
  record SomeRefused(String reason) implements Attempt {}

  /** The way has been changed: the same again. */
  record Again() implements Attempt {}

  /** No record is at fault. */
  record Failed(Cause cause) implements Attempt {}
}
