package io.kafkafetch.application.deadletters;

import io.kafkafetch.application.driven.ClusterGroups.LogRange;
import io.kafkafetch.application.driven.DeadLetterTopics.Extent;
import io.kafkafetch.application.driving.Purge;
import io.kafkafetch.application.driving.PurgeDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes letters, after it has counted what would go. */
final class LetterPurge {
  private static final Logger LOG = LoggerFactory.getLogger(LetterPurge.class);

  private final RedriveTools tools;

  LetterPurge(RedriveTools tools) {
    this.tools = tools;
  }

  Purge purge(Consumer consumer, Extent extent, PurgeDraft draft) {
    var ranges = ranges(extent.partitions(), draft);
    var counted = count(consumer, extent, ranges, draft.dryRun());
    if (draft.dryRun()) {
      return counted;
    }
    if (counted.others() > 0 && !draft.others()) {
      throw new Refusal.Conflict(
          counted.others()
              + " records of others in "
              + counted.topic()
              + " would be deleted too; say include_others to allow that");
    }
    var spec = consumer.spec();
    ranges.forEach((partition, range) -> {
      if (range.start() < range.end()) {
        tools.topics().deleteBefore(spec.cluster(), counted.topic(), partition, range.end());
        tools.redrives().forget(extent.topicId(), partition, range.end());
      }
    });
    LOG.info(
        "Consumer {}: {} letters were purged from {}, {} of them not redriven",
        consumer.id(),
        counted.letters(),
        counted.topic(),
        counted.notRedriven());
    return counted;
  }

  private static SortedMap<Integer, LogRange> ranges(
      SortedMap<Integer, LogRange> partitions, PurgeDraft draft) {
    var ranges = new TreeMap<Integer, LogRange>();
    int only = draft.letterPartition().orElse(draft.before().isPresent() ? 0 : -1);
    partitions.forEach((partition, range) -> {
      if (only < 0 || only == partition) {
        long end = Math.min(range.end(), draft.before().orElse(range.end()));
        ranges.put(partition, new LogRange(range.start(), end));
      }
    });
    return ranges;
  }

  private Purge count(
      Consumer consumer, Extent extent, SortedMap<Integer, LogRange> ranges, boolean dryRun) {
    var counts =
        new Object() {
          long letters;
          long notRedriven;
          long others;
        };
    try (var scan =
        new LetterScan(consumer, extent.topicId(), tools.topics(), tools.redrives(), ranges)) {
      new Counting(tools.clock())
          .through(
              scan,
              part -> {
                counts.letters += part.letters().size() + part.unreadable().size();
                counts.notRedriven +=
                    part.unreadable().size()
                        + part.letters().stream().filter(it -> it.settled().isEmpty()).count();
                counts.others += part.foreign();
              });
    }
    return new Purge(
        consumer.spec().deadLetterTopic().value(),
        counts.letters,
        counts.notRedriven,
        counts.others,
        dryRun);
  }
}
