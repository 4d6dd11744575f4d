package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetterTopics.Reader;
import io.kafkafetch.application.driven.Redrives;
import io.kafkafetch.application.driving.Settlement;
import io.kafkafetch.application.driving.StoredLetter;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.processor.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Goes through a consumer's letters, partition by partition, a part at a time. */
final class LetterScan implements AutoCloseable {
  private final Consumer consumer;
  private final String topicId;
  private final Redrives redrives;
  private final LetterReader letters;
  private final Reader reader;
  private final Iterator<Map.Entry<Integer, LogRange>> partitions;

  private int partition;
  private long position;
  private long end;

  /**
   * A scan.
   *
   * @param ranges what to look at of each partition
   */
  LetterScan(
      Consumer consumer,
      String topicId,
      DeadLetterTopics topics,
      Redrives redrives,
      SortedMap<Integer, LogRange> ranges) {
    this.consumer = consumer;
    this.topicId = topicId;
    this.redrives = redrives;
    letters = new LetterReader(consumer.id());
    partitions = ranges.entrySet().iterator();
    var spec = consumer.spec();
    reader = topics.open(spec.cluster(), spec.deadLetterTopic().value(), topicId);
  }

  /**
   * Letters that lie together.
   *
   * @param next where the next part begins
   * @param unreadable why letters of the consumer are not among {@code letters}
   * @param foreign how many records are not the consumer's
   */
  record Part(
      int partition,
      long from,
      long next,
      List<StoredLetter> letters,
      List<String> unreadable,
      long foreign) {
    /** Whether anything was read; if not, nothing came in time. */
    boolean isProgress() {
      return next > from;
    }
  }

  /** The next part; empty when everything was looked at. */
  Optional<Part> next(Duration atMost) {
    while (position >= end) {
      if (!partitions.hasNext()) {
        return Optional.empty();
      }
      var entry = partitions.next();
      partition = entry.getKey();
      position = entry.getValue().start();
      end = entry.getValue().end();
    }
    var chunk = reader.read(partition, position, end, atMost);
    long from = position;
    var part =
        chunk
            .records()
            .map(records -> part(records, from, chunk.next()))
            .orElseGet(() -> new Part(partition, from, chunk.next(), List.of(), List.of(), 0));
    // Only now: if asking the store failed, the same part is read again.
    position = chunk.next();
    return Optional.of(part);
  }

  private Part part(RecordBatch records, long from, long next) {
    var found = new ArrayList<StoredLetter>();
    var unreadable = new ArrayList<String>();
    long foreign = 0;
    for (int i = 0; i < records.size(); i++) {
      switch (letters.read(records, i)) {
        case LetterReader.Found.Letter(var letter) -> found.add(letter);
        case LetterReader.Found.Unreadable(var why) -> unreadable.add(why);
        case LetterReader.Found.Foreign _ -> foreign++;
      }
    }
    return new Part(partition, from, next, settled(found, from, next), unreadable, foreign);
  }

  private List<StoredLetter> settled(List<StoredLetter> found, long from, long next) {
    if (found.isEmpty()) {
      return found;
    }
    Map<Long, Settlement> settled = redrives.settled(consumer.id(), topicId, partition, from, next);
    return found.stream()
        .map(letter -> letter.settledAs(Optional.ofNullable(settled.get(letter.place().offset()))))
        .toList();
  }

  @Override
  public void close() {
    reader.close();
  }
}
