package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.TopicBrowsing.Gap;
import io.kafkafetch.application.driving.TopicBrowsing.News;
import io.kafkafetch.application.driving.TopicBrowsing.Tail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** Follows all partitions of a topic, those that are added included. Belongs to one thread. */
final class KafkaTail implements Tail {
  private static final long LOOK_NANOS = Duration.ofSeconds(15).toNanos();
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Runnable onClose;
  private final BooleanSupplier stopped;
  private final TreeMap<Integer, Long> positions = new TreeMap<>();
  private long lookedAt = System.nanoTime();
  private boolean closed;

  KafkaTail(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Optional<Map<Integer, Long>> from,
      Runnable onClose,
      BooleanSupplier stopped) {
    this.consumer = consumer;
    this.topic = partitions.getFirst().topic();
    this.onClose = onClose;
    this.stopped = stopped;
    try {
      consumer.assign(partitions);
      var begins =
          from.isPresent()
              ? consumer.beginningOffsets(partitions)
              : consumer.endOffsets(partitions);
      for (var partition : partitions) {
        long begin = Objects.requireNonNull(begins.get(partition));
        long at = from.map(known -> known.getOrDefault(partition.partition(), begin)).orElse(begin);
        consumer.seek(partition, at);
        positions.put(partition.partition(), at);
      }
    } catch (KafkaException fault) {
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      throw fault;
    }
  }

  @Override
  public News next(Duration wait) {
    if (stopped.getAsBoolean()) {
      throw new Refusal.Unavailable("The server is about to stop", RETRY_AFTER);
    }
    try {
      lookForMorePartitions();
      var found = new ArrayList<ReadRecord>();
      for (var record : consumer.poll(wait)) {
        found.add(Lending.toRead(record));
        positions.put(record.partition(), record.offset() + 1);
      }
      return new News(List.of(), found);
    } catch (OffsetOutOfRangeException fault) {
      return new News(skip(fault.offsetOutOfRangePartitions()), List.of());
    } catch (RetriableException passing) {
      // The client goes on trying; the caller's heartbeats go on meanwhile.
      return new News(List.of(), List.of());
    } catch (KafkaException fault) {
      throw ReadFaults.refusal("", fault);
    }
  }

  /** What was deleted cannot be read; what is left can. */
  private List<Gap> skip(Map<TopicPartition, Long> wanted) {
    var begins = consumer.beginningOffsets(wanted.keySet());
    var gaps = new ArrayList<Gap>();
    wanted.forEach((partition, offset) -> {
      long begin = Objects.requireNonNull(begins.get(partition));
      consumer.seek(partition, begin);
      positions.put(partition.partition(), begin);
      gaps.add(new Gap(partition.partition(), offset, begin));
    });
    return gaps;
  }

  private void lookForMorePartitions() {
    if (System.nanoTime() - lookedAt < LOOK_NANOS) {
      return;
    }
    lookedAt = System.nanoTime();
    var infos = consumer.partitionsFor(topic);
    if (infos.isEmpty()) {
      throw ReadFaults.noSuchTopic();
    }
    if (infos.size() > positions.size()) {
      add(infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList());
    }
  }

  private void add(Collection<TopicPartition> all) {
    Set<TopicPartition> before = Set.copyOf(consumer.assignment());
    consumer.assign(all);
    var added = all.stream().filter(partition -> !before.contains(partition)).toList();
    consumer.seekToBeginning(added);
    added.forEach(partition -> positions.put(partition.partition(), consumer.position(partition)));
  }

  @Override
  public Map<Integer, Long> positions() {
    return positions;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
      onClose.run();
    }
  }
}
