package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.ReadRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the newest records of some partitions: reads the last so many offsets of each, and further
 * back where compaction or transactions left fewer records than offsets.
 */
final class NewestRecords {
  private static final int WIDER = 4;

  private static final Comparator<ReadRecord> BY_TIME =
      Comparator.comparingLong(ReadRecord::timestampMillis)
          .thenComparingLong(ReadRecord::offset)
          .thenComparingInt(ReadRecord::partition);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final int limit;
  private final Map<TopicPartition, Window> windows = new HashMap<>();
  private final PriorityQueue<ReadRecord> newest = new PriorityQueue<>(BY_TIME);
  private final long until = System.nanoTime() + RecordsFrom.MOST_NANOS;
  private long bytes;

  /** The part of a partition that is being read. */
  private static final class Window {
    private final long begin;
    private long from;
    private long to;
    private int found;

    Window(long begin, long end, int limit) {
      this.begin = begin;
      this.from = Math.max(begin, end - limit);
      this.to = end;
    }

    void widen() {
      long length = to - from;
      to = from;
      from = Math.max(begin, to - WIDER * length);
    }
  }

  NewestRecords(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, int limit) {
    this.consumer = consumer;
    this.partitions = partitions;
    this.limit = limit;
  }

  List<ReadRecord> read() {
    consumer.assign(partitions);
    var begins = consumer.beginningOffsets(partitions);
    var ends = consumer.endOffsets(partitions);
    for (var partition : partitions) {
      long begin = Objects.requireNonNull(begins.get(partition));
      long end = Objects.requireNonNull(ends.get(partition));
      if (begin < end) {
        windows.put(partition, new Window(begin, end, limit));
      }
    }
    while (!windows.isEmpty() && System.nanoTime() < until) {
      readWindows();
      windows.values().removeIf(window -> window.found >= limit || window.from <= window.begin);
      windows.values().forEach(Window::widen);
    }
    return inOrder();
  }

  private void readWindows() {
    consumer.assign(windows.keySet());
    windows.forEach((partition, window) -> consumer.seek(partition, window.from));
    var open = new HashMap<>(windows);
    while (!open.isEmpty() && System.nanoTime() < until) {
      for (var record : consumer.poll(RecordsFrom.POLL)) {
        var of = new TopicPartition(record.topic(), record.partition());
        var window = open.get(of);
        if (window != null && record.offset() < window.to) {
          window.found++;
          keep(record);
        }
      }
      open.entrySet().removeIf(entry -> isRead(entry.getKey(), entry.getValue()));
    }
  }

  private boolean isRead(TopicPartition partition, Window window) {
    boolean read = consumer.position(partition) >= window.to;
    if (read) {
      consumer.pause(List.of(partition));
    }
    return read;
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    var read = Lending.toRead(record);
    newest.add(read);
    bytes += size(read);
    while (newest.size() > limit || (bytes > RecordsFrom.MOST_BYTES && newest.size() > 1)) {
      bytes -= size(newest.remove());
    }
  }

  private static long size(ReadRecord record) {
    var key = record.key();
    var value = record.value();
    return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
  }

  /** By time, but never against the order of a partition, whatever its senders' clocks said. */
  private List<ReadRecord> inOrder() {
    var byOffset = new ArrayList<>(newest);
    byOffset.sort(
        Comparator.comparingInt(ReadRecord::partition).thenComparingLong(ReadRecord::offset));
    var times = new IdentityHashMap<ReadRecord, Long>();
    int partition = -1;
    long latest = Long.MIN_VALUE;
    for (var record : byOffset) {
      latest =
          record.partition() == partition
              ? Math.max(latest, record.timestampMillis())
              : record.timestampMillis();
      partition = record.partition();
      times.put(record, latest);
    }
    byOffset.sort(Comparator.comparingLong(record -> Objects.requireNonNull(times.get(record))));
    return byOffset;
  }
}
