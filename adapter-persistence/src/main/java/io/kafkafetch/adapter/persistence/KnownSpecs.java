package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.schema.Tables.CONSUMERS;

import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.JSON;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the same consumers every other second, and takes a spec apart only when its text is another
 * than last time. Holds what the last reading held, no more. Safe for any thread.
 */
final class KnownSpecs {
  private final SpecJson specs;
  private final ConsumerRow rows;
  private volatile Map<UUID, Known> last = Map.of();

  /** A spec and the text that says it. */
  private record Known(JSON text, ConsumerSpec spec) {}

  KnownSpecs(SpecJson specs, ConsumerRow rows) {
    this.specs = specs;
    this.rows = rows;
  }

  List<Consumer> read(List<? extends Record> found) {
    var before = last;
    var now = HashMap.<UUID, Known>newHashMap(found.size());
    var consumers = new ArrayList<Consumer>(found.size());
    for (var row : found) {
      var id = row.get(CONSUMERS.ID);
      var consumer = rows.read(row, text -> spec(before.get(id), text));
      now.put(id, new Known(row.get(CONSUMERS.SPEC), consumer.spec()));
      consumers.add(consumer);
    }
    last = now;
    return consumers;
  }

  private ConsumerSpec spec(@Nullable Known known, JSON text) {
    return known != null && known.text().equals(text) ? known.spec() : specs.read(text);
  }
}
