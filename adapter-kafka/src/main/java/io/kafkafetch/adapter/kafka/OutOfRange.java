package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/**
 * A position that the log does not have: records were deleted before they were read, the log was
 * cut behind us, or the topic was made anew. Each goes on, and none of them silently.
 */
final class OutOfRange {
  private final ConsumerSpec spec;
  private final Supplier<Admin> admin;
  private final Mailbox mailbox;
  private final SlotOpening opening;
  private final SlotNews news;

  OutOfRange(
      ConsumerSpec spec,
      Supplier<Admin> admin,
      Mailbox mailbox,
      SlotOpening opening,
      SlotNews news) {
    this.spec = spec;
    this.admin = admin;
    this.mailbox = mailbox;
    this.opening = opening;
    this.news = news;
  }

  void handle(OffsetOutOfRangeException fault, Assignment assignment) {
    for (var entry : fault.offsetOutOfRangePartitions().entrySet()) {
      var flowing = assignment.slot(entry.getKey()).filter(Slot::isFlowing);
      if (flowing.isEmpty()) {
        continue;
      }
      var slot = flowing.get();
      long position = entry.getValue();
      long divergent =
          fault instanceof LogTruncationException truncation
                  && truncation.divergentOffsets().containsKey(entry.getKey())
              ? truncation.divergentOffsets().get(entry.getKey()).offset()
              : -1;
      news.hold(slot);
      Thread.ofVirtual()
          .name("range-" + entry.getKey())
          .start(() -> find(slot, position, divergent));
    }
  }

  private void find(Slot slot, long position, long divergent) {
    try {
      var client = admin.get();
      var topic = PartitionOffsets.describe(client, slot.partition.topic());
      var offsets = new PartitionOffsets(client, spec);
      if (topic.isEmpty()) {
        post(slot, () -> news.replace(slot));
        return;
      }
      long start = offsets.logStart(slot.partition);
      long end = offsets.logEnd(slot.partition);
      post(slot, () -> goOn(slot, topic.get(), position, divergent, start, end));
    } catch (RuntimeException fault) {
      post(slot, () -> news.placingFailed(slot, Faults.cause(fault)));
      // Resuming asks the broker again, which answers out of range again, which comes back here.
      post(slot, () -> news.unhold(slot));
    }
  }

  private void goOn(
      Slot slot, TopicState topic, long position, long divergent, long start, long end) {
    if (!topic.id().equals(slot.knownEra().topicId())) {
      news.replace(slot);
    } else if (position < start) {
      news.gap(slot, position, start);
      news.unhold(slot);
    } else {
      // The log was cut behind us. What was written anew below our position was never seen, and
      // sinks must not take it for duplicates: so it begins as a replay does.
      long from = divergent >= 0 ? divergent : end;
      news.truncated(slot, position, from);
      opening.placeAt(slot, topic, Math.max(start, Math.min(from, end)));
    }
  }

  private void post(Slot slot, Runnable then) {
    mailbox.post(() -> {
      if (!slot.gone) {
        then.run();
      }
    });
  }
}
