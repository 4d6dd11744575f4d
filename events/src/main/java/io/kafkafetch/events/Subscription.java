package io.kafkafetch.events;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which topics are read, and how their partitions come: from the group, or all of them. */
final class Subscription implements ConsumerRebalanceListener {
  /** What happens to partitions that leave. */
  interface Departure {
    /** They are about to go to another member: the last moment to commit. */
    void revoked();

    /** They are not ours any more. */
    void gone(Collection<TopicPartition> partitions);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  /** How often partitions that appear are looked for without a group. */
  private static final Duration DISCOVERY = Duration.ofSeconds(1);

  private final Consumer<?, ?> kafka;
  private final boolean inGroup;
  private final Departure departure;
  private Set<String> topics = Set.of();
  private boolean assigned;
  private Deadline nextDiscovery = Deadline.in(Duration.ZERO);

  Subscription(Consumer<?, ?> kafka, boolean inGroup, Departure departure) {
    this.kafka = kafka;
    this.inGroup = inGroup;
    this.departure = departure;
  }

  Set<String> topics() {
    return topics;
  }

  /** Whether the group has spoken; always, without one. */
  boolean assigned() {
    return assigned;
  }

  /** Subscribes to these topics instead of others; nothing when they are the same. */
  void to(Set<String> wanted) {
    if (wanted.equals(topics)) {
      return;
    }
    if (inGroup) {
      assigned = false;
      kafka.subscribe(wanted, this);
    } else {
      var partitions = partitionsOf(wanted);
      departure.gone(minus(kafka.assignment(), partitions));
      kafka.assign(partitions);
      assigned = true;
      nextDiscovery = Deadline.in(DISCOVERY);
    }
    topics = Set.copyOf(wanted);
  }

  /** Takes up partitions that have appeared since; all of their records are new. */
  void discover() {
    if (inGroup || !nextDiscovery.passed()) {
      return;
    }
    nextDiscovery = Deadline.in(DISCOVERY);
    var appeared = minus(partitionsOf(topics), kafka.assignment());
    if (!appeared.isEmpty()) {
      LOG.info("Reading {} from their beginning, as they have just appeared", appeared);
      var all = new HashSet<>(kafka.assignment());
      all.addAll(appeared);
      kafka.assign(all);
      kafka.seekToBeginning(appeared);
    }
  }

  /** Says which topics do not exist: nothing else would. */
  void warnOfMissingTopics() {
    for (var topic : topics) {
      if (kafka.partitionsFor(topic).isEmpty()) {
        LOG.warn("Topic {} does not exist; it is read when it appears", topic);
      }
    }
  }

  private Set<TopicPartition> partitionsOf(Set<String> names) {
    var partitions = new LinkedHashSet<TopicPartition>();
    for (var name : names) {
      for (var info : kafka.partitionsFor(name)) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
    }
    return partitions;
  }

  private static Set<TopicPartition> minus(Set<TopicPartition> all, Set<TopicPartition> some) {
    var rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (!partitions.isEmpty()) {
      departure.revoked();
      departure.gone(partitions);
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.warn(
        "{} went to other members of the group: what was not committed is read again", partitions);
    departure.gone(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    assigned = true;
  }
}
