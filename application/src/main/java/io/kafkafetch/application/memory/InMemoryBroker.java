package io.kafkafetch.application.memory;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.Member;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.RecordLender;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driven.TopicReader;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker that lives as long as its process: for embedders without Kafka and for tests. Its
 * members run the same delivery engine as Kafka's, and keep the same promises but for those that
 * need a disk. Whatever cluster a consumer names, it is this one.
 *
 * <p>Partitions of a topic are shared round-robin by a group's members. Logs are kept whole, so
 * that memory grows with each record until its topic is deleted. Thread-safe.
 */
public final class InMemoryBroker implements Broker {
  private static final Logger LOG = LoggerFactory.getLogger(InMemoryBroker.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(6);

  private final InstantSource clock;
  private final Map<String, MemoryGroup> groups = new ConcurrentHashMap<>();
  private final MemoryTopics topics = new MemoryTopics(this::topicsChanged);
  private final MemoryRecordPublisher publisher;
  private final DeadLetters deadLetters;
  private final DeadLetterTopics deadLetterTopics = new MemoryDeadLetterTopics(topics);
  private final Set<MemoryMember> members = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A broker without topics.
   *
   * @param clock the time of records that bring none, and of reports
   */
  public InMemoryBroker(InstantSource clock) {
    this.clock = clock;
    publisher = new MemoryRecordPublisher(topics, clock);
    deadLetters = new MemoryDeadLetters(topics, () -> closed);
  }

  /**
   * Makes a topic.
   *
   * @param name a legal topic name
   * @param partitions 1 to 10,000
   * @throws IllegalStateException when there is one of that name
   */
  public void createTopic(String name, int partitions) {
    topics.create(name, partitions);
  }

  /**
   * Gives a topic more partitions.
   *
   * @param partitions how many it has then, at least as many as before
   */
  public void addPartitions(String name, int partitions) {
    topics.grow(name, partitions);
  }

  /** Deletes a topic with its records. One that is made anew under that name is another topic. */
  public void deleteTopic(String name) {
    topics.delete(name);
  }

  /** The id of a topic's present incarnation; empty when there is no such topic. */
  public Optional<String> topicId(String name) {
    return topics.find(name).map(MemoryTopics.Topic::id);
  }

  /**
   * Appends a record, to the partition of its key, or to each in turn where there is none.
   *
   * @throws IllegalStateException when there is no such topic
   */
  public Receipt append(
      String topic, byte @Nullable [] key, byte @Nullable [] value, List<RecordHeader> headers) {
    topics.require(topic);
    return publisher.append(new OutgoingRecord(topic, OptionalInt.empty(), key, value, headers));
  }

  /**
   * Appends a record with a timestamp of its own to a partition.
   *
   * @param timestamp Unix milliseconds
   * @return the record's offset
   * @throws IllegalStateException when there is no such topic
   * @throws IllegalArgumentException when it has no such partition
   */
  public long append(
      String topic,
      int partition,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers) {
    return topics
        .require(topic)
        .log(partition)
        .append(new MemoryRecord(timestamp, key, value, headers));
  }

  /**
   * Records of a partition, without any group.
   *
   * @param from the first offset
   * @param most how many at most
   * @return empty when there is nothing at or after that offset
   */
  public Optional<RecordBatch> read(String topic, int partition, long from, int most) {
    return topics.require(topic).log(partition).read(from, most);
  }

  /** What a group committed; empty when nothing was. */
  public Optional<CommittedOffset> committed(String group, String topic, int partition) {
    return Optional.ofNullable(groups.get(group)).flatMap(it -> it.committed(topic, partition));
  }

  /**
   * Sets a group's offset from outside, as Kafka's own tools do: what is delivered next begins
   * there, whatever a sink remembers.
   *
   * @throws IllegalStateException when the group has members
   */
  public void moveOffset(String group, String topic, int partition, long offset) {
    group(group).move(topic, partition, offset);
  }

  @Override
  public Members members() {
    return (spec, delivery) -> {
      var group = group(spec.spec().group().value());
      var member = new MemoryMember(spec, group, delivery, clock, members::remove);
      members.add(member);
      group.join(member);
      return member;
    };
  }

  @Override
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  @Override
  public DeadLetterTopics deadLetterTopics() {
    return deadLetterTopics;
  }

  @Override
  public RecordPublisher records() {
    return publisher;
  }

  @Override
  public RecordLender lender() {
    return new NoReaders();
  }

  @Override
  public TopicReader topics() {
    return new NoReaders();
  }

  @Override
  public ClusterGroups groups() {
    return new MemoryGroups(topics, groups);
  }

  @Override
  public ClusterAddress ownCluster() {
    return ClusterAddress.plain(new BrokerAddress("memory", 1));
  }

  @Override
  public boolean isReachable() {
    return !closed;
  }

  /** Retires the members that are left; takes some seconds where a sink hangs. */
  @Override
  public void close() {
    members.forEach(Member::retire);
    for (var member : members) {
      try {
        if (!member.awaitRetired(CLOSE_WAIT)) {
          LOG.warn("A member did not stop in time; what it delivered may be repeated");
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    closed = true;
  }

  private MemoryGroup group(String name) {
    return groups.computeIfAbsent(name, _ -> new MemoryGroup(topics));
  }

  private void topicsChanged() {
    groups.values().forEach(MemoryGroup::topicsChanged);
  }
}
