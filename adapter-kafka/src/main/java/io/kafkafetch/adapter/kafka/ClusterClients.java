package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One admin client and one dead-letter producer for each cluster, made when first needed and shared
 * by all that speak with that cluster; closed when the last member that runs on it has let go, so
 * that a login that was replaced is not tried for ever. Safe for any thread.
 */
final class ClusterClients implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final ClientProperties properties;
  private final Map<ClusterAddress, Admin> admins = new HashMap<>();
  private final Map<ClusterAddress, Producer<byte[], byte[]>> producers = new HashMap<>();

  private final Map<ClusterAddress, Integer> held = new HashMap<>();

  /** Guarded by this object, as are the maps. */
  private boolean closed;

  ClusterClients(ClientProperties properties) {
    this.properties = properties;
  }

  /** What a client of one's own is made of. */
  ClientProperties properties() {
    return properties;
  }

  /**
   * The cluster's admin client.
   *
   * @throws org.apache.kafka.common.KafkaException when no broker's name can be resolved
   */
  synchronized Admin admin(ClusterAddress cluster) {
    return shared(admins, cluster, wanted -> Admin.create(properties.admin(wanted)));
  }

  /** The cluster's dead-letter producer. */
  synchronized Producer<byte[], byte[]> deadLetterProducer(ClusterAddress cluster) {
    return shared(
        producers, cluster, wanted -> new KafkaProducer<>(properties.deadLetterProducer(wanted)));
  }

  private <C> C shared(
      Map<ClusterAddress, C> clients, ClusterAddress cluster, Function<ClusterAddress, C> open) {
    if (closed) {
      throw new IllegalStateException("The Kafka adapter is closed");
    }
    return clients.computeIfAbsent(cluster, open);
  }

  /** Keeps a cluster's clients until it is released as often as it was held. */
  synchronized void hold(ClusterAddress cluster) {
    held.merge(cluster, 1, Integer::sum);
  }

  /** Lets go of a cluster; the last one to do so closes its clients, in the background. */
  void release(ClusterAddress cluster) {
    var unused = new ArrayList<AutoCloseable>();
    synchronized (this) {
      if (held.merge(cluster, -1, Integer::sum) > 0) {
        return;
      }
      held.remove(cluster);
      take(cluster, unused);
    }
    if (!unused.isEmpty()) {
      Thread.ofVirtual()
          .name("close clients of " + cluster.bootstrap())
          .start(() -> unused.forEach(ClusterClients::closeOne));
    }
  }

  /** Asks a cluster's admin client, which is closed after it unless somebody holds the cluster. */
  <T> T ask(ClusterAddress cluster, Function<Admin, T> questions) {
    hold(cluster);
    try {
      return questions.apply(admin(cluster));
    } finally {
      release(cluster);
    }
  }

  private void take(ClusterAddress cluster, List<AutoCloseable> taken) {
    var admin = admins.remove(cluster);
    if (admin != null) {
      taken.add(() -> admin.close(CLOSE_TIMEOUT));
    }
    var producer = producers.remove(cluster);
    if (producer != null) {
      taken.add(() -> producer.close(CLOSE_TIMEOUT));
    }
  }

  private static void closeOne(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException("A Kafka client did not close", e);
    }
  }

  @Override
  public void close() {
    var all = new ArrayList<AutoCloseable>();
    synchronized (this) {
      closed = true;
      var clusters = new HashSet<>(admins.keySet());
      clusters.addAll(producers.keySet());
      clusters.forEach(cluster -> take(cluster, all));
    }
    all.forEach(ClusterClients::closeOne);
  }
}
