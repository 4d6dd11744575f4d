package io.kafkafetch.benchmarks.load;

import io.kafkafetch.benchmarks.limit.ProduceLoop;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that are read and written. */
public final class Topics {
  /** How many partitions a topic has unless a question says something else. */
  public static final int PARTITIONS = 6;

  private Topics() {}

  /** Makes topics, and waits until they can be written to. */
  public static void create(String bootstrap, int partitions, List<String> names) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(
              names.stream()
                  .map(name -> new NewTopic(name, partitions, (short) 1).configs(CONFIG))
                  .toList())
          .all()
          .get();
    }
  }

  /** Makes a topic with that many records in it. */
  public static void load(String bootstrap, String topic, int records) throws Exception {
    create(bootstrap, PARTITIONS, List.of(topic));
    ProduceLoop.load(bootstrap, topic, records);
  }

  private static final Map<String, String> CONFIG = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
}
