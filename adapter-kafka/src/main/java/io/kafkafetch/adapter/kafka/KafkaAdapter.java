package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driven.DeadLetterTopics;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.RecordLender;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driven.SessionReaders;
import io.kafkafetch.application.driven.TopicReader;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/** Kafka behind the driven ports. Opening it connects to nothing. */
public final class KafkaAdapter implements Broker {
  private static final int REACH_MILLIS = 2_000;

  /** New partitions and topics that were made anew should not stay unseen for five minutes. */
  private static final Duration METADATA_MAX_AGE = Duration.ofSeconds(30);

  private final KafkaSettings settings;
  private final ClientProperties properties;
  private final ClusterClients clients;
  private final FetchBudget budget = FetchBudget.ofHeap();
  private final FetchTurns turns = FetchTurns.ofProcess();
  private final FirstSights firstSights = new FirstSights();
  private final SessionMemory sessionMemory = SessionMemory.ofHeap();
  private final DeadLetters deadLetters;
  private final DeadLetterTopics deadLetterTopics;

  private final ClusterGroups groups;
  private final KafkaRecordPublisher records;
  private final KafkaRecordLender lender;
  private final KafkaTopicReader topics;

  private KafkaAdapter(KafkaSettings settings, Duration metadataMaxAge) {
    this.settings = settings;
    properties = new ClientProperties(new ClusterSecurity(settings.secrets()), metadataMaxAge);
    clients = new ClusterClients(properties);
    clients.hold(settings.ownCluster());
    deadLetters = new KafkaDeadLetters(clients);
    deadLetterTopics = new KafkaDeadLetterTopics(clients);
    groups = new KafkaGroups(clients, () -> Set.of(settings.ownCluster()));
    var producers = new ProducerSettings(properties);
    var producer = producer(producers::atOnce);
    records =
        new KafkaRecordPublisher(
            producer,
            producer(producers::inBulk),
            new WritableTopics(producer, () -> clients.admin(settings.ownCluster())),
            new TopicLimits(() -> clients.admin(settings.ownCluster())));
    var readable = new ReadableTopics(() -> clients.admin(settings.ownCluster()));
    lender =
        new KafkaRecordLender(
            group ->
                new LendingMember(group, properties.lendingMember(settings.ownCluster(), group)),
            readable);
    topics =
        new KafkaTopicReader(
            settings.ownCluster(),
            properties,
            () -> clients.admin(settings.ownCluster()),
            readable);
  }

  private SharedProducer producer(Function<ClusterAddress, Map<String, Object>> properties) {
    var own = settings.ownCluster();
    return new SharedProducer(own, () -> properties.apply(own), this::isReachable);
  }

  /** An adapter that speaks with clusters when it is asked to. */
  public static KafkaAdapter open(KafkaSettings settings) {
    return open(settings, METADATA_MAX_AGE);
  }

  /** The same, whose clients look more or less often for new partitions. */
  static KafkaAdapter open(KafkaSettings settings, Duration metadataMaxAge) {
    return new KafkaAdapter(settings, metadataMaxAge);
  }

  @Override
  public Members members() {
    return (spec, delivery) -> {
      var member =
          new KafkaMember(
              spec, delivery, clients, firstSights.of(spec), budget, turns, settings.clock());
      member.launch();
      return member;
    };
  }

  @Override
  public SessionReaders sessions() {
    var cluster = settings.ownCluster();
    return spec -> {
      int share = sessionMemory.open();
      var places =
          new SessionPlaces(() -> clients.admin(cluster), spec.group(), spec.offsetReset());
      return new KafkaSessionReader(
          spec,
          properties.session(cluster, spec, share),
          places,
          sessionMemory,
          () -> sessionMemory.close(share));
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
  public TopicReader topics() {
    return topics;
  }

  @Override
  public RecordLender lender() {
    return lender;
  }

  @Override
  public RecordPublisher records() {
    return records;
  }

  @Override
  public ClusterGroups groups() {
    return groups;
  }

  @Override
  public ClusterAddress ownCluster() {
    return settings.ownCluster();
  }

  @Override
  public boolean isReachable() {
    try {
      clients
          .admin(settings.ownCluster())
          .describeCluster(new DescribeClusterOptions().timeoutMs(REACH_MILLIS))
          .nodes()
          .get(REACH_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Closes what members and others share; members are retired before that. */
  @Override
  public void close() {
    lender.close();
    topics.close();
    records.close();
    clients.close();
  }
}
