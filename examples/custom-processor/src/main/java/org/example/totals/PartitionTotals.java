package org.example.totals;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The totals of one partition. They are in one file with how far they go, which is replaced as a
 * whole: after a crash both are from the same moment, so that no record counts twice or not at all.
 */
final class PartitionTotals implements PartitionSink {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** They are in memory, and all of them are written at each flush. */
  private static final int MOST_GROUPS = 10_000;

  private final TotalsFile file;
  private final String sum;
  private final Optional<String> groupBy;
  private Totals totals;

  PartitionTotals(TotalsFile file, String sum, Optional<String> groupBy) {
    this.file = file;
    this.sum = sum;
    this.groupBy = groupBy;
    totals = file.saved();
  }

  /** The server asks first; it goes on from here, or from where the group was moved to. */
  @Override
  public Optional<Progress> remembered() {
    return file.saved().progress();
  }

  @Override
  public void begin(Progress start) {
    // What is in the file, but for a replay that somebody wants: then the totals begin anew.
    totals = file.saved().at(start);
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    var sums = new TreeMap<String, BigDecimal>();
    for (int i = 0; i < batch.size(); i++) {
      var refused = add(batch.value(i), sums);
      if (refused.isPresent()) {
        // The records before it count, and are not given again.
        totals = totals.plus(sums).upTo(batch.offset(i));
        return Outcome.stopped(i, refused.get());
      }
    }
    totals = totals.plus(sums).upTo(batch.nextOffset());
    return Outcome.DELIVERED;
  }

  /** A redrive that was killed may give a letter a second time: it counts once. */
  @Override
  public Outcome redeliver(RecordBatch batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (!totals.redelivered().contains(batch.offset(i))) {
        var sums = new TreeMap<String, BigDecimal>();
        var refused = add(batch.value(i), sums);
        if (refused.isPresent()) {
          return Outcome.stopped(i, refused.get());
        }
        totals = totals.plus(sums).redelivered(batch.offset(i));
      }
    }
    return Outcome.DELIVERED;
  }

  @Override
  public void skipTo(long nextOffset) {
    totals = totals.upTo(nextOffset);
  }

  /** Only what is safe here is committed to Kafka. */
  @Override
  public Optional<Cause> flush() {
    try {
      file.save(totals);
      return Optional.empty();
    } catch (IOException e) {
      // What was added since the last time comes again, and so must not count.
      totals = file.saved();
      return Optional.of(new Cause.Transient(file + " cannot be written: " + e));
    }
  }

  @Override
  public void close() {
    file.close();
  }

  /**
   * Why a record is not taken; empty when it was added. Poison is for this record alone, which goes
   * to the dead-letter topic; fatal stops the consumer until a person has done something.
   */
  private Optional<Cause> add(byte[] value, Map<String, BigDecimal> sums) {
    if (value == null) {
      return Optional.empty();
    }
    JsonNode record;
    try {
      record = JSON.readTree(value);
    } catch (IOException e) {
      return Optional.of(new Cause.Poison("The value is no JSON"));
    }
    var number = record.path(sum);
    if (!number.isNumber()) {
      return Optional.of(new Cause.Poison("The value has no number " + sum));
    }
    if (totals.totals().size() + sums.size() >= MOST_GROUPS) {
      return Optional.of(new Cause.Fatal("There are more than " + MOST_GROUPS + " totals"));
    }
    sums.merge(group(record), number.decimalValue(), BigDecimal::add);
    return Optional.empty();
  }

  private String group(JsonNode record) {
    return groupBy.map(field -> record.path(field).asText("")).orElse("total");
  }
}
