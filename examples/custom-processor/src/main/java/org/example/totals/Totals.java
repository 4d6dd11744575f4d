package org.example.totals;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kafkafetch.domain.processor.Progress;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Totals with how far they go, as they stand in the file.
 *
 * @param topicId of which incarnation of the topic
 * @param begun whether anything was ever delivered
 * @param generation the replay generation that they belong to
 * @param nextOffset the first offset that is not in them
 * @param redelivered offsets of dead letters that are in them
 */
record Totals(
    @JsonProperty("topic_id") String topicId,
    @JsonProperty("begun") boolean begun,
    @JsonProperty("generation") long generation,
    @JsonProperty("next_offset") long nextOffset,
    @JsonProperty("redelivered") TreeSet<Long> redelivered,
    @JsonProperty("totals") TreeMap<String, BigDecimal> totals) {

  static Totals none(String topicId) {
    return new Totals(topicId, false, 0, 0, new TreeSet<>(), new TreeMap<>());
  }

  Optional<Progress> progress() {
    return begun ? Optional.of(new Progress(generation, nextOffset)) : Optional.empty();
  }

  /** The same, where {@code start} goes on from them; else none, from there. */
  Totals at(Progress start) {
    boolean goesOn = begun && generation == start.generation() && nextOffset <= start.nextOffset();
    return new Totals(
        topicId,
        true,
        start.generation(),
        start.nextOffset(),
        redelivered,
        goesOn ? totals : new TreeMap<>());
  }

  Totals upTo(long offset) {
    return new Totals(
        topicId, begun, generation, Math.max(nextOffset, offset), redelivered, totals);
  }

  Totals plus(Map<String, BigDecimal> sums) {
    var more = new TreeMap<>(totals);
    sums.forEach((group, number) -> more.merge(group, number, BigDecimal::add));
    return new Totals(topicId, begun, generation, nextOffset, redelivered, more);
  }

  Totals redelivered(long offset) {
    var more = new TreeSet<>(redelivered);
    more.add(offset);
    return new Totals(topicId, begun, generation, nextOffset, more, totals);
  }
}
