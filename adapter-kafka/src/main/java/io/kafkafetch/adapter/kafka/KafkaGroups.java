package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The consumer groups of any cluster. Clusters that are in use anyway share a client; for any
 * other, a client is made for the question and closed after it, a few at a time: whoever may ask
 * names the cluster, and must not be able to fill this process with clients.
 */
final class KafkaGroups implements ClusterGroups {
  private static final int FOREIGN_AT_ONCE = 8;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final ClusterClients clients;
  private final Supplier<Set<ClusterAddress>> known;
  private final Semaphore foreign = new Semaphore(FOREIGN_AT_ONCE);

  /**
   * Groups of clusters.
   *
   * @param known the clusters whose client is shared
   */
  KafkaGroups(ClusterClients clients, Supplier<Set<ClusterAddress>> known) {
    this.clients = clients;
    this.known = known;
  }

  @Override
  public <T> T ask(ClusterAddress cluster, Questions<T> questions) {
    try {
      if (known.get().contains(cluster)) {
        return questions.ask(
            new GroupSession(clients.admin(cluster), cluster, clients.properties()));
      }
      return askForeign(cluster, questions);
    } catch (KafkaException fault) {
      throw AdminAnswers.refusal(fault, cluster);
    }
  }

  private <T> T askForeign(ClusterAddress cluster, Questions<T> questions) {
    if (!foreign.tryAcquire()) {
      throw new Refusal.TooMany(
          "Too many other clusters are being asked at once", Duration.ofSeconds(1));
    }
    try {
      clients.properties().probeForAQuestion(cluster);
      var admin = Admin.create(clients.properties().admin(cluster));
      try {
        return questions.ask(new GroupSession(admin, cluster, clients.properties()));
      } finally {
        admin.close(CLOSE_TIMEOUT);
      }
    } finally {
      foreign.release();
    }
  }
}
