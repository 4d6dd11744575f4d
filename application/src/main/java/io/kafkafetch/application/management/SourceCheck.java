package io.kafkafetch.application.management;

import io.kafkafetch.application.driven.ClusterGroups;
import io.kafkafetch.application.driving.ConsumerTrial.Check;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.ArrayList;
import java.util.List;

/** Looks whether there is something to read: the broker, the topic and the group. */
final class SourceCheck {
  private final ClusterGroups clusters;

  SourceCheck(ClusterGroups clusters) {
    this.clusters = clusters;
  }

  List<Check> look(ConsumerSpec spec) {
    var checks = new ArrayList<Check>();
    try {
      clusters.ask(
          spec.cluster(),
          session -> {
            var topic = topic(session, spec.topic().value());
            checks.add(
                new Check("broker", true, "Kafka at " + spec.cluster().bootstrap() + " answers"));
            checks.add(topic);
            checks.add(group(session, spec.group().value()));
            return checks;
          });
    } catch (Refusal refusal) {
      checks.add(new Check(checks.isEmpty() ? "broker" : "group", false, refusal.detail()));
    }
    return checks;
  }

  private static Check topic(ClusterGroups.Session session, String topic) {
    var partitions = session.partitions(List.of(topic)).get(topic);
    return partitions == null
        ? new Check(
            "topic",
            false,
            "There is no topic " + topic + ", and a consumer never makes one: create it first")
        : new Check(
            "topic",
            true,
            "Topic "
                + topic
                + " has "
                + partitions
                + (partitions == 1 ? " partition" : " partitions"));
  }

  private static Check group(ClusterGroups.Session session, String group) {
    var members = session.membersOf(group);
    return new Check(
        "group",
        true,
        members.isEmpty()
            ? "Nobody reads as group " + group
            : "Group "
                + group
                + " has members, who share the partitions: "
                + String.join(", ", members));
  }
}
