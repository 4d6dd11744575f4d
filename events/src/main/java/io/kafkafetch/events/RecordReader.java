package io.kafkafetch.events;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records as bytes. Adds to Kafka's client that waits for the assignment and that a stop is
 * final. Confined to one thread but for {@link #stop} and {@link #stopped}.
 */
final class RecordReader implements Subscription.Departure {
  private static final Logger LOG = LoggerFactory.getLogger(RecordReader.class);

  /** How long one poll of the client takes at most, so that discovery and checks come round. */
  private static final Duration SLICE = Duration.ofSeconds(1);

  private static final Duration SHORT_SLICE = Duration.ofMillis(100);

  private final ConsumerOptions options;
  private final Duration maxPollInterval;
  private final KafkaConsumer<byte[], byte[]> kafka;
  private final Subscription subscription;
  private final Commits commits;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Contact contact;
  private boolean closing;

  RecordReader(ConsumerOptions options) {
    this.options = options;
    var properties = ConsumerProperties.of(options);
    this.maxPollInterval = ConsumerProperties.maxPollInterval(properties);
    BrokerContact.require(properties, options.brokerTimeout());
    this.kafka =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    boolean inGroup = options.groupId().isPresent();
    this.commits = new Commits(kafka, inGroup && options.enableAutoCommit());
    this.subscription = new Subscription(kafka, inGroup, this);
    this.contact = new Contact(kafka, subscription, options, this::stopped);
  }

  Commits commits() {
    return commits;
  }

  Contact contact() {
    return contact;
  }

  /** How long one batch may take so that the group does not give this member up. */
  Duration longestBatch() {
    return maxPollInterval.dividedBy(2);
  }

  Set<TopicPartition> assignment() {
    return Set.copyOf(kafka.assignment());
  }

  void subscribe(Collection<String> topics) {
    var wanted = Set.copyOf(topics);
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("At least one topic must be named");
    }
    Commits.persistent(() -> {
      subscription.to(wanted);
      return true;
    });
  }

  void requireSubscribed() {
    if (subscription.topics().isEmpty()) {
      throw new IllegalStateException("Subscribe to topics first");
    }
  }

  void requireAssigned(Set<TopicPartition> partitions) {
    var foreign = new HashSet<>(partitions);
    foreign.removeAll(assignment());
    if (!foreign.isEmpty()) {
      throw new IllegalArgumentException(
          foreign + " are not assigned to this consumer; assigned are " + assignment());
    }
  }

  /** One poll; empty at the latest after a second, and at once after a stop. */
  ConsumerRecords<byte[], byte[]> poll(Duration most) {
    if (stopped()) {
      return ConsumerRecords.empty();
    }
    try {
      subscription.discover();
      var slice = most.compareTo(SLICE) < 0 ? most : SLICE;
      if (options.groupId().isEmpty() && kafka.assignment().isEmpty()) {
        awaitStop(slice);
        return ConsumerRecords.empty();
      }
      var records = kafka.poll(slice);
      if (!records.isEmpty()) {
        contact.heard();
      }
      return records;
    } catch (WakeupException _) {
      return ConsumerRecords.empty();
    }
  }

  private void awaitStop(Duration most) {
    try {
      var _ = stop.await(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  /**
   * Waits until the group has assigned partitions, be it none: as long as brokers answer, and no
   * longer than the slowest member of the group may take to let go.
   *
   * @return false after a stop
   */
  boolean awaitAssignment() {
    requireSubscribed();
    if (subscription.assigned()) {
      return !stopped();
    }
    var limit = Deadline.in(maxPollInterval.plus(options.brokerTimeout()));
    while (!subscription.assigned()) {
      if (stopped()) {
        return false;
      }
      if (limit.passed()) {
        throw new TimeoutException("The group has not assigned any partition yet");
      }
      pollForAssignment();
      contact.requireIfSilent();
    }
    Commits.persistent(() -> {
      subscription.warnOfMissingTopics();
      return true;
    });
    return !stopped();
  }

  /**
   * Waits until a partition is assigned.
   *
   * @throws TimeoutException if it is not within the broker timeout
   */
  void awaitAssignment(TopicPartition partition) {
    requireSubscribed();
    if (!subscription.topics().contains(partition.topic())) {
      throw new IllegalArgumentException(
          partition + " is of none of the subscribed topics " + subscription.topics());
    }
    var limit = Deadline.in(options.brokerTimeout());
    while (!kafka.assignment().contains(partition)) {
      if (limit.passed() || stopped()) {
        var _ = contact.unread();
        throw new TimeoutException(
            "%s is not assigned to this consumer; assigned are %s"
                .formatted(partition, kafka.assignment()));
      }
      pollForAssignment();
    }
  }

  /** What such a poll reads on its way is left for the next one. */
  private void pollForAssignment() {
    var early = poll(SHORT_SLICE);
    if (!early.isEmpty()) {
      new Batch(early).giveBack(kafka);
    }
  }

  void seek(TopicPartition partition, long offset) {
    awaitAssignment(partition);
    kafka.seek(partition, offset);
    commits.forget(Set.of(partition));
  }

  long position(TopicPartition partition) {
    awaitAssignment(partition);
    return Commits.persistent(() -> kafka.position(partition));
  }

  /** The offsets behind the newest records. */
  Map<TopicPartition, Long> ends() {
    return Commits.persistent(() -> new HashMap<>(kafka.endOffsets(kafka.assignment())));
  }

  @Override
  public void revoked() {
    if (closing) {
      return;
    }
    try {
      commits.automatically(options.brokerTimeout());
    } catch (KafkaException e) {
      LOG.warn("Offsets were not committed before partitions left; they are read again", e);
    }
  }

  @Override
  public void gone(Collection<TopicPartition> partitions) {
    commits.forget(partitions);
  }

  boolean stopped() {
    return stop.getCount() == 0;
  }

  /** Ends any wait, now and later. */
  void stop() {
    synchronized (stop) {
      if (stopped()) {
        return; // One wake-up is one exception: a second could break off a commit.
      }
      stop.countDown();
      kafka.wakeup();
    }
  }

  /** Commits what was handled, if that is wanted, leaves the group and lets go of everything. */
  void close(Duration timeout) {
    var deadline = Deadline.in(timeout);
    try {
      commits.close();
      if (!subscription.topics().isEmpty()) {
        commits.automatically(deadline.left(options.brokerTimeout()));
      }
    } finally {
      closing = true;
      var left = deadline.left(timeout);
      Commits.persistent(() -> {
        kafka.close(CloseOptions.timeout(left));
        return true;
      });
    }
  }
}
