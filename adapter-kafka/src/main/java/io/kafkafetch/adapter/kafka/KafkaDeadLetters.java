package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.domain.processor.Cause;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Appends dead letters to their topics, which are in the cluster that the record came from. */
final class KafkaDeadLetters implements DeadLetters {
  private static final int WAIT_SECONDS = 20;

  /** The client waits at least so long before it tries again, for instance with a new topic. */
  private static final long RETRIED_NANOS = Duration.ofMillis(70).toNanos();

  private final ClusterClients clients;
  private final LetterTopics topics = new LetterTopics();

  KafkaDeadLetters(ClusterClients clients) {
    this.clients = clients;
  }

  @Override
  public Optional<Cause> append(DeadLetter letter) {
    var topic = new LetterTopics.Known(letter.cluster(), letter.topic());
    var source = letter.batch().source().topic();
    try {
      var admin = clients.admin(letter.cluster());
      topics.ensure(admin, topic, source);
      long sent = System.nanoTime();
      clients
          .deadLetterProducer(letter.cluster())
          .send(record(letter))
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
      if (System.nanoTime() - sent > RETRIED_NANOS) {
        // It may have gone to a topic that was made for it on the way.
        topics.look(admin, topic, source);
      }
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(notAppended(letter, Objects.requireNonNullElse(e.getCause(), e)));
    } catch (KafkaException e) {
      return Optional.of(notAppended(letter, e));
    } catch (IllegalStateException closed) {
      // The last member of that cluster left this very moment; the next try has another client.
      return Optional.of(notAppended(letter, closed));
    } catch (TimeoutException e) {
      return Optional.of(
          new Cause.Transient(
              "The dead-letter topic "
                  + letter.topic()
                  + " did not acknowledge within "
                  + WAIT_SECONDS
                  + " s"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Cause.Transient("Interrupted while a dead letter was sent"));
    }
  }

  private Cause notAppended(DeadLetter letter, Throwable fault) {
    if (fault instanceof RecordTooLargeException tooLarge) {
      return tooLarge(letter, tooLarge);
    }
    if (fault instanceof TopicAuthorizationException) {
      return new Cause.Fatal(
          "Not authorized to make the dead-letter topic "
              + letter.topic()
              + " or to write to it: grant CREATE, DESCRIBE and WRITE, or make it beforehand");
    }
    var said = "The dead-letter topic " + letter.topic() + " takes no record: ";
    var cause =
        fault instanceof RuntimeException runtime
            ? Faults.cause(runtime)
            : new Cause.Transient(Faults.sentence(fault));
    return cause instanceof Cause.Fatal
        ? new Cause.Fatal(said + cause.reason())
        : new Cause.Transient(said + cause.reason());
  }

  private Cause tooLarge(DeadLetter letter, RecordTooLargeException fault) {
    var said = "The dead-letter topic " + letter.topic() + " takes no record so large";
    int index = letter.index();
    try {
      boolean mended =
          topics.enlarge(
              clients.admin(letter.cluster()),
              new LetterTopics.Known(letter.cluster(), letter.topic()),
              letter.batch().source().topic(),
              letter.batch().slice(index, index + 1).sizeInBytes());
      return mended
          ? new Cause.Transient(said + "; it was just allowed to")
          : new Cause.Fatal(
              said
                  + "; raise its max.message.bytes, or that of the brokers: "
                  + Faults.sentence(fault));
    } catch (KafkaException e) {
      var reason = said + ", and its max.message.bytes was not raised: " + Faults.sentence(e);
      return Faults.cause(e) instanceof Cause.Fatal
          ? new Cause.Fatal(reason)
          : new Cause.Transient(reason);
    }
  }

  @SuppressWarnings("NullAway") // Kafka takes null for a missing key, value, partition or timestamp
  private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    var batch = letter.batch();
    long timestamp = batch.timestamp(letter.index());
    ProducerRecord<byte[], byte[]> made =
        new ProducerRecord<byte[], byte[]>(
            letter.topic(),
            null,
            timestamp < 0 ? null : timestamp,
            batch.key(letter.index()),
            batch.value(letter.index()));
    for (var header : letter.headers()) {
      made.headers().add(header.name(), header.value());
    }
    return made;
  }
}
