package io.kafkafetch.application.management;

import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.ArrayList;

/** Says in a few words what a change of a spec changed. */
final class SpecDifference {
  private SpecDifference() {}

  static String words(ConsumerSpec before, ConsumerSpec after) {
    var fields = new ArrayList<String>();
    if (!before.cluster().bootstrapServers().equals(after.cluster().bootstrapServers())) {
      fields.add("bootstrap_servers");
    }
    if (!before.cluster().clientConfig().equals(after.cluster().clientConfig())) {
      fields.add("client_config");
    }
    if (!before.topic().equals(after.topic())) {
      fields.add("topic");
    }
    if (!before.group().equals(after.group())) {
      fields.add("consumer_group");
    }
    if (!before.processors().equals(after.processors())) {
      fields.add("processor_configs");
    }
    if (before.tasksMax() != after.tasksMax()) {
      fields.add("tasks_max");
    }
    if (before.offsetReset() != after.offsetReset()) {
      fields.add("auto_offset_reset");
    }
    if (!before.delivery().equals(after.delivery())) {
      fields.add("delivery");
    }
    return "updated " + String.join(", ", fields);
  }
}
