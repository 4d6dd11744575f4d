package io.kafkafetch.bootstrap.wire;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** Topics that were just made: the controller has them a moment before the broker answers so. */
public final class KnownTopics {
  private KnownTopics() {}

  /** Waits until the broker knows the topic. */
  public static void await(Admin admin, String topic) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .ignoreExceptions()
        .until(() -> !admin.describeTopics(List.of(topic)).allTopicNames().get().isEmpty());
  }
}
