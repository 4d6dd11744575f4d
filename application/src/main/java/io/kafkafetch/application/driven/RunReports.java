package io.kafkafetch.application.driven;

import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.Collection;
import java.util.List;

/**
 * The run reports of all servers, the last one for each consumer and server. Losing them loses
 * nothing but sight. Methods throw {@link io.kafkafetch.application.driving.Refusal.Unavailable}
 * when the store cannot be reached.
 */
public interface RunReports {
  /** Puts these in the place of earlier ones; those of consumers that are gone are dropped. */
  void save(List<RunReport> reports);

  /** The reports of one consumer, ordered by server. */
  List<RunReport> of(ConsumerId consumer);

  /** The reports of these consumers, ordered by consumer and server. */
  List<RunReport> of(Collection<ConsumerId> consumers);

  /** The server no longer runs these. */
  void remove(ServerId server, Collection<ConsumerId> consumers);

  /** The server runs nothing any more. */
  void removeAll(ServerId server);
}
