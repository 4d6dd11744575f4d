package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One admin client and one dead-letter producer for each cluster, made when first needed and shared
 * by all that speak with that cluster. Safe for any thread.
 */
final class ClusterClients implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Map<ClusterAddress, Admin> admins = new HashMap<>();
  private final Map<ClusterAddress, Producer<byte[], byte[]>> producers = new HashMap<>();

  /** Guarded by this object, as are the maps. */
  private boolean closed;

  /**
   * The cluster's admin client.
   *
   * @throws org.apache.kafka.common.KafkaException when no broker's name can be resolved
   */
  synchronized Admin admin(ClusterAddress cluster) {
    return shared(admins, cluster, wanted -> Admin.create(ClientProperties.admin(wanted)));
  }

  /** The cluster's dead-letter producer. */
  synchronized Producer<byte[], byte[]> deadLetterProducer(ClusterAddress cluster) {
    return shared(
        producers,
        cluster,
        wanted -> new KafkaProducer<>(ClientProperties.deadLetterProducer(wanted)));
  }

  private <C> C shared(
      Map<ClusterAddress, C> clients, ClusterAddress cluster, Function<ClusterAddress, C> open) {
    if (closed) {
      throw new IllegalStateException("The Kafka adapter is closed");
    }
    return clients.computeIfAbsent(cluster, open);
  }

  /** Forgets the clients of clusters that nobody uses any more. */
  void closeAllBut(java.util.Set<ClusterAddress> used) {
    var unused = new java.util.ArrayList<AutoCloseable>();
    synchronized (this) {
      takeUnused(admins, used).forEach(admin -> unused.add(() -> admin.close(CLOSE_TIMEOUT)));
      takeUnused(producers, used).forEach(p -> unused.add(() -> p.close(CLOSE_TIMEOUT)));
    }
    unused.forEach(ClusterClients::closeOne);
  }

  private static <C> java.util.List<C> takeUnused(
      Map<ClusterAddress, C> clients, java.util.Set<ClusterAddress> used) {
    var unused =
        clients.entrySet().stream().filter(entry -> !used.contains(entry.getKey())).toList();
    unused.forEach(entry -> clients.remove(entry.getKey()));
    return unused.stream().map(Map.Entry::getValue).toList();
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
    synchronized (this) {
      closed = true;
    }
    closeAllBut(java.util.Set.of());
  }
}
