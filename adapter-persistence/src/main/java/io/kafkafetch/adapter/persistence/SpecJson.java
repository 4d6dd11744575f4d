package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.Json.field;
import static io.kafkafetch.adapter.persistence.Json.parsed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.UUID;
import org.jooq.JSON;

/**
 * How a spec is stored. The form is a promise to the next version: a field is added, never renamed,
 * and whoever adds one reads its absence. Unknown fields are passed over.
 */
final class SpecJson {
  /** Raised when an older reader would take the new form for something else. */
  private static final int FORM = 1;

  private SpecJson() {}

  static JSON write(ConsumerSpec spec) {
    var node = Json.object().put("v", FORM);
    node.set("cluster", cluster(spec.cluster()));
    node.put("topic", spec.topic().value()).put("consumer_group", spec.group().value());
    node.set("processors", Json.array(spec.processors(), SpecJson::processor));
    node.put("tasks_max", spec.tasksMax()).put("auto_offset_reset", spec.offsetReset().label());
    node.set("delivery", delivery(spec.delivery()));
    return Json.text(node);
  }

  /**
   * Reads what any version wrote.
   *
   * @throws Json.Unreadable if it is nothing that a version up to this one could have written
   */
  static ConsumerSpec read(JSON json) {
    var node = Json.tree(json);
    try {
      return new ConsumerSpec(
          cluster(field(node, "cluster")),
          new TopicName(Json.text(node, "topic")),
          new GroupId(Json.text(node, "consumer_group")),
          Json.list(node, "processors", SpecJson::processor),
          Json.small(node, "tasks_max"),
          parsed(
              Json.text(node, "auto_offset_reset"),
              "auto_offset_reset",
              label -> OffsetReset.parse(label).orElseThrow(IllegalArgumentException::new)),
          delivery(field(node, "delivery")));
    } catch (IllegalArgumentException e) {
      throw new Json.Unreadable("breaks a rule: " + e.getMessage());
    }
  }

  private static ObjectNode cluster(ClusterAddress cluster) {
    var node = Json.object();
    var servers = node.putArray("bootstrap_servers");
    cluster.bootstrapServers().forEach(server -> servers.add(server.toString()));
    var config = node.putObject("client_config");
    cluster.clientConfig().forEach(config::put);
    return node;
  }

  private static ClusterAddress cluster(JsonNode node) {
    var config = new LinkedHashMap<String, String>();
    field(node, "client_config")
        .properties()
        .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    return new ClusterAddress(
        Json.list(
            node,
            "bootstrap_servers",
            server ->
                parsed(
                    server.asText(),
                    "bootstrap_servers",
                    text -> BrokerAddress.parse(text).orElseThrow(IllegalArgumentException::new))),
        config);
  }

  private static ObjectNode processor(ProcessorSpec processor) {
    var node =
        Json.object()
            .put("id", processor.id().toString())
            .put("type", processor.type())
            .put("created_at", Json.instant(processor.createdAt()))
            .put("updated_at", Json.instant(processor.updatedAt()));
    node.set("config", ConfigJson.write(processor.config()));
    return node;
  }

  private static ProcessorSpec processor(JsonNode node) {
    return new ProcessorSpec(
        parsed(Json.text(node, "id"), "id", UUID::fromString),
        Json.text(node, "type"),
        ConfigJson.read(field(node, "config")),
        Json.instant(node, "created_at"),
        Json.instant(node, "updated_at"));
  }

  private static ObjectNode delivery(DeliveryPolicy delivery) {
    var node =
        Json.object()
            .put("max_batch_records", delivery.maxBatchRecords())
            .put("max_batch_bytes", delivery.maxBatchBytes())
            .put("linger", delivery.linger().toString())
            .put("commit_interval", delivery.commitInterval().toString());
    var retry =
        node.putObject("retry")
            .put("initial", delivery.retry().initial().toString())
            .put("max", delivery.retry().max().toString())
            .put("jitter", delivery.retry().jitter());
    delivery.retry().attempts().ifPresent(attempts -> retry.put("attempts", attempts));
    var deadLetter = node.putObject("dead_letter").put("enabled", delivery.deadLetter().enabled());
    delivery.deadLetter().topic().ifPresent(topic -> deadLetter.put("topic", topic.value()));
    return node;
  }

  private static DeliveryPolicy delivery(JsonNode node) {
    return new DeliveryPolicy(
        Json.small(node, "max_batch_records"),
        Json.whole(node, "max_batch_bytes"),
        Json.duration(node, "linger"),
        Json.duration(node, "commit_interval"),
        retry(field(node, "retry")),
        deadLetter(field(node, "dead_letter")));
  }

  private static RetryPolicy retry(JsonNode node) {
    return new RetryPolicy(
        Json.duration(node, "initial"),
        Json.duration(node, "max"),
        field(node, "jitter").asDouble(),
        Json.optional(node, "attempts").isPresent()
            ? OptionalInt.of(Json.small(node, "attempts"))
            : OptionalInt.empty());
  }

  private static DeadLetterPolicy deadLetter(JsonNode node) {
    return new DeadLetterPolicy(
        field(node, "enabled").asBoolean(), Json.optionalText(node, "topic").map(TopicName::new));
  }
}
