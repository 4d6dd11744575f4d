package io.kafkafetch.benchmarks.limit;

import io.kafkafetch.benchmarks.load.LongPoll;
import io.kafkafetch.benchmarks.load.Stamps;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records one by one, many times a second, and sees how long each is under way until somebody
 * who waits has it. Sender and receiver share a process, and so a clock.
 */
final class TailLoop {
  private final long[] took;
  private int seen;

  private TailLoop(int records) {
    took = new long[records];
  }

  /** One wait for records. */
  private interface Receiver {
    void next(LongConsumer stamps) throws Exception;
  }

  /**
   * {@code bootstrap topic group records per-second part [port session]}: with a port through that
   * session's long poll, else through a bare consumer.
   *
   * @return milliseconds that this part of the records did not exceed
   */
  static double run(List<String> words) throws Exception {
    var loop = new TailLoop(Integer.parseInt(words.get(3)));
    if (words.size() > 6) {
      try (var poll = new LongPoll(Integer.parseInt(words.get(6)), words.get(7))) {
        loop.measure(words, poll::next);
      }
    } else {
      try (var consumer = Consumers.openAtEnd(words.get(0), words.get(1))) {
        loop.measure(
            words,
            stamps ->
                consumer
                    .poll(Duration.ofSeconds(5))
                    .forEach(found -> Stamps.find(found.value(), found.value().length, stamps)));
      }
    }
    Arrays.sort(loop.took);
    int index = (int) (Double.parseDouble(words.get(5)) * loop.took.length);
    return loop.took[Math.min(index, loop.took.length - 1)] / 1e6;
  }

  private void measure(List<String> words, Receiver receiver) throws Exception {
    long pause = 1_000_000_000L / Integer.parseInt(words.get(4));
    try (var producer = producer(words.get(0))) {
      producer.partitionsFor(words.get(1));
      var sending =
          CompletableFuture.runAsync(
              () -> send(producer, words.get(1), pause),
              command -> Thread.ofPlatform().daemon().name("sender").start(command));
      while (seen < took.length) {
        receiver.next(stamp -> took[seen++] = System.nanoTime() - stamp);
      }
      sending.get();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String topic, long pause) {
    long due = System.nanoTime();
    for (int i = 0; i < took.length; i++) {
      due += pause;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      var _ = producer.send(new ProducerRecord<>(topic, Stamps.value(System.nanoTime())));
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class.getName(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class.getName()));
  }
}
