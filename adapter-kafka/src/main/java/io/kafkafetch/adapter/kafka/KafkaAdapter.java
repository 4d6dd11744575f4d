package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.DeadLetters;
import io.kafkafetch.application.driven.Members;
import io.kafkafetch.application.driven.SessionReaders;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/** Kafka behind the driven ports. Opening it connects to nothing. */
public final class KafkaAdapter implements Broker {
  private static final int REACH_MILLIS = 2_000;

  private final KafkaSettings settings;
  private final ClusterClients clients = new ClusterClients();
  private final FetchBudget budget = FetchBudget.ofHeap();
  private final SessionMemory sessionMemory = SessionMemory.ofHeap();
  private final DeadLetters deadLetters = new KafkaDeadLetters(clients);

  private KafkaAdapter(KafkaSettings settings) {
    this.settings = settings;
  }

  /** An adapter that speaks with clusters when it is asked to. */
  public static KafkaAdapter open(KafkaSettings settings) {
    return new KafkaAdapter(settings);
  }

  @Override
  public Members members() {
    return (spec, delivery) -> {
      var member =
          new KafkaMember(
              spec, delivery, () -> clients.admin(spec.spec().cluster()), budget, settings.clock());
      member.launch();
      return member;
    };
  }

  @Override
  public SessionReaders sessions() {
    var cluster = settings.ownCluster();
    return spec -> {
      int share = sessionMemory.open();
      var places = new SessionPlaces(() -> clients.admin(cluster), spec.group(), spec.offsetReset());
      return new KafkaSessionReader(
          spec,
          ClientProperties.session(cluster, spec, share),
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
    clients.close();
  }
}
