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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.JSON;

/**
 * How a spec is stored. The form is a promise to the next version: a field is added, never renamed,
 * and whoever adds one reads its absence. Unknown fields are passed over. With a key, whatever may
 * hold a secret is encrypted as a whole: which part of a processor's configuration is one, only the
 * processor knows.
 */
final class SpecJson {
  /** Raised when an older reader would take the new form for something else. */
  private static final int FORM = 1;

  /** The same, with encrypted configurations under names of their own. */
  private static final int SEALED_FORM = 2;

  private static final String SEALED = "sealed_";

  private final Optional<Seal> seal;

  /**
   * Specs that are written with that seal. What is not encrypted can be read all the same.
   *
   * @param seal empty to write secrets as they are
   */
  SpecJson(Optional<Seal> seal) {
    this.seal = seal;
  }

  JSON write(ConsumerSpec spec) {
    // First of all: the database looks at how it begins.
    var node = Json.object().put("v", seal.isPresent() ? SEALED_FORM : FORM);
    node.set("cluster", cluster(spec.cluster()));
    node.put("topic", spec.topic().value()).put("consumer_group", spec.group().value());
    node.set("processors", Json.array(spec.processors(), this::processor));
    node.put("tasks_max", spec.tasksMax()).put("auto_offset_reset", spec.offsetReset().label());
    node.set("delivery", delivery(spec.delivery()));
    return Json.text(node);
  }

  /**
   * Reads what any version wrote.
   *
   * @throws Json.Unreadable if it is nothing that a version up to this one could have written
   */
  ConsumerSpec read(JSON json) {
    var node = Json.tree(json);
    try {
      return new ConsumerSpec(
          cluster(field(node, "cluster")),
          new TopicName(Json.text(node, "topic")),
          new GroupId(Json.text(node, "consumer_group")),
          Json.list(node, "processors", this::processor),
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

  private ObjectNode cluster(ClusterAddress cluster) {
    var node = Json.object();
    var servers = node.putArray("bootstrap_servers");
    cluster.bootstrapServers().forEach(server -> servers.add(server.toString()));
    var config = Json.object();
    cluster.clientConfig().forEach(config::put);
    put(node, "client_config", config, place(cluster.bootstrapServers()));
    return node;
  }

  private ClusterAddress cluster(JsonNode node) {
    var servers =
        Json.list(
            node,
            "bootstrap_servers",
            server ->
                parsed(
                    server.asText(),
                    "bootstrap_servers",
                    text -> BrokerAddress.parse(text).orElseThrow(IllegalArgumentException::new)));
    var config = new LinkedHashMap<String, String>();
    get(node, "client_config", place(servers))
        .properties()
        .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    return new ClusterAddress(servers, config);
  }

  /** Moved to other brokers by another hand, a login is none any more. */
  private static String place(List<BrokerAddress> servers) {
    return servers.stream()
        .map(BrokerAddress::toString)
        .collect(Collectors.joining(",", "client_config of ", ""));
  }

  private static String place(String id, String type) {
    return "config of " + type + " " + id;
  }

  private void put(ObjectNode node, String name, ObjectNode config, String place) {
    if (seal.isPresent()) {
      node.put(SEALED + name, seal.get().close(Json.text(config).data(), place));
    } else {
      node.set(name, config);
    }
  }

  private JsonNode get(JsonNode node, String name, String place) {
    var sealed = Json.optionalText(node, SEALED + name);
    if (sealed.isEmpty()) {
      return field(node, name);
    }
    var opened = seal.orElseThrow(Outage::withoutKey).open(sealed.get(), place);
    return Json.tree(JSON.json(opened));
  }

  private ObjectNode processor(ProcessorSpec processor) {
    var node =
        Json.object()
            .put("id", processor.id().toString())
            .put("type", processor.type())
            .put("created_at", Json.instant(processor.createdAt()))
            .put("updated_at", Json.instant(processor.updatedAt()));
    put(
        node,
        "config",
        ConfigJson.write(processor.config()),
        place(processor.id().toString(), processor.type()));
    return node;
  }

  private ProcessorSpec processor(JsonNode node) {
    var id = Json.text(node, "id");
    var type = Json.text(node, "type");
    return new ProcessorSpec(
        parsed(id, "id", UUID::fromString),
        type,
        ConfigJson.read(get(node, "config", place(id, type))),
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
