package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.RecordBatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Divides a batch into requests. What was delivered before is left out. */
final class Composition {
  private final ForwarderSettings settings;
  private final Unfinished unfinished;

  Composition(ForwarderSettings settings, Unfinished unfinished) {
    this.settings = settings;
    this.unfinished = unfinished;
  }

  /** The first unit at or after record {@code index}; null when nothing is left. */
  @Nullable Unit next(RecordBatch batch, int index) {
    int from = index;
    while (from < batch.size() && unfinished.isDelivered(batch.offset(from))) {
      from++;
    }
    if (from == batch.size()) {
      return null;
    }
    if (settings.batch() == BatchFormat.OFF) {
      return new Unit(from, from + 1, Optional.empty());
    }
    var violation = violation(batch, from);
    if (violation.isPresent()) {
      return new Unit(from, from + 1, violation);
    }
    var before = unfinished.unsettledEnd(batch, from);
    int to = before.isPresent() ? before.getAsInt() : end(batch, from);
    return new Unit(from, to, Optional.empty());
  }

  private int end(RecordBatch batch, int from) {
    long bytes = 1 + BatchBody.length(batch, from);
    int to = from + 1;
    while (to < batch.size() && to - from < settings.batchMaxRecords()) {
      bytes += BatchBody.length(batch, to);
      if (bytes > settings.batchMaxBytes() || !mayFollow(batch, to)) {
        break;
      }
      to++;
    }
    return to;
  }

  private boolean mayFollow(RecordBatch batch, int index) {
    long offset = batch.offset(index);
    return !unfinished.isDelivered(offset)
        && !unfinished.hasUnsettledFrom(offset)
        && violation(batch, index).isEmpty();
  }

  private Optional<String> violation(RecordBatch batch, int index) {
    var value = batch.value(index);
    if (value == null) {
      return Optional.empty();
    }
    return switch (settings.batch()) {
      case OFF -> Optional.empty();
      case JSON -> JsonValues.arrayViolation(value);
      case NDJSON -> JsonValues.lineViolation(value);
    };
  }
}
