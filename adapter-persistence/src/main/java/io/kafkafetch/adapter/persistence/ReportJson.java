package io.kafkafetch.adapter.persistence;

import static io.kafkafetch.adapter.persistence.Json.field;
import static io.kafkafetch.adapter.persistence.Json.parsed;
import static io.kafkafetch.adapter.persistence.Json.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driven.PartitionReport;
import io.kafkafetch.application.driven.ProcessorReport;
import io.kafkafetch.application.driven.RunCounts;
import io.kafkafetch.application.driven.RunReport;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driven.Throughput;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.Trouble;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.JSON;

/** How a run report is stored; the same rules as for {@link SpecJson}. */
final class ReportJson {
  private static final int FORM = 1;

  private ReportJson() {}

  static JSON write(RunReport report) {
    var node =
        Json.object()
            .put("v", FORM)
            .put("revision", report.revision())
            .put("condition", report.condition().name())
            .put("probe", report.probe())
            .put("reported_at", Json.instant(report.reportedAt()));
    put(node, "last_poll_at", report.lastPollAt());
    put(node, "last_commit_at", report.lastCommitAt());
    put(node, "last_progress_at", report.lastProgressAt());
    report.trouble().ifPresent(trouble -> node.set("trouble", trouble(trouble)));
    node.set("partitions", Json.array(report.partitions(), ReportJson::partition));
    node.set("processors", Json.array(report.processors(), ReportJson::processor));
    node.set("counts", counts(report.counts()));
    node.put("records_per_second", report.throughput().recordsPerSecond())
        .put("bytes_per_second", report.throughput().bytesPerSecond());
    return Json.text(node);
  }

  static RunReport read(ConsumerId consumer, ServerId server, JSON json) {
    var node = Json.tree(json);
    return new RunReport(
        consumer,
        server,
        whole(node, "revision"),
        parsed(Json.text(node, "condition"), "condition", Condition::valueOf),
        Json.optional(node, "trouble").map(ReportJson::trouble),
        field(node, "probe").asBoolean(),
        Json.list(node, "partitions", ReportJson::partition),
        Json.list(node, "processors", ReportJson::processor),
        counts(field(node, "counts")),
        new Throughput(number(node, "records_per_second"), number(node, "bytes_per_second")),
        Json.optionalInstant(node, "last_poll_at"),
        Json.optionalInstant(node, "last_commit_at"),
        Json.optionalInstant(node, "last_progress_at"),
        Json.instant(node, "reported_at"));
  }

  /** Absent in what an earlier version wrote. */
  private static double number(JsonNode node, String name) {
    return node.path(name).asDouble();
  }

  private static void put(ObjectNode node, String name, Optional<Instant> instant) {
    instant.ifPresent(it -> node.put(name, Json.instant(it)));
  }

  private static ObjectNode trouble(Trouble trouble) {
    var node =
        Json.object()
            .put("reason", trouble.reason())
            .put("since", Json.instant(trouble.since()))
            .put("attempts", trouble.attempts());
    put(node, "next_retry_at", trouble.nextRetryAt());
    return node;
  }

  private static Trouble trouble(JsonNode node) {
    return new Trouble(
        Json.text(node, "reason"),
        Json.instant(node, "since"),
        Json.small(node, "attempts"),
        Json.optionalInstant(node, "next_retry_at"));
  }

  private static ObjectNode partition(PartitionReport partition) {
    var node =
        Json.object()
            .put("topic", partition.topic())
            .put("partition", partition.partition())
            .put("position", partition.position());
    partition.committedOffset().ifPresent(offset -> node.put("committed_offset", offset));
    partition.logEndOffset().ifPresent(offset -> node.put("log_end_offset", offset));
    return node;
  }

  private static PartitionReport partition(JsonNode node) {
    return new PartitionReport(
        Json.text(node, "topic"),
        Json.small(node, "partition"),
        whole(node, "position"),
        optionalWhole(node, "committed_offset"),
        optionalWhole(node, "log_end_offset"));
  }

  private static OptionalLong optionalWhole(JsonNode node, String name) {
    return Json.optional(node, name).isPresent()
        ? OptionalLong.of(whole(node, name))
        : OptionalLong.empty();
  }

  private static ObjectNode processor(ProcessorReport processor) {
    var node =
        Json.object()
            .put("id", processor.id().toString())
            .put("type", processor.type())
            .put("delivered", processor.delivered())
            .put("failed", processor.failed())
            .put("retried", processor.retried())
            .put("dead_lettered", processor.deadLettered())
            .put("batches", processor.batches())
            .put("busy_ms", processor.busyMillis());
    processor.trouble().ifPresent(trouble -> node.set("trouble", trouble(trouble)));
    return node;
  }

  private static ProcessorReport processor(JsonNode node) {
    return new ProcessorReport(
        parsed(Json.text(node, "id"), "id", UUID::fromString),
        Json.text(node, "type"),
        Json.optional(node, "trouble").map(ReportJson::trouble),
        whole(node, "delivered"),
        whole(node, "failed"),
        whole(node, "retried"),
        whole(node, "dead_lettered"),
        whole(node, "batches"),
        whole(node, "busy_ms"));
  }

  private static ObjectNode counts(RunCounts counts) {
    return Json.object()
        .put("records_consumed", counts.recordsConsumed())
        .put("bytes_consumed", counts.bytesConsumed())
        .put("processed", counts.processed())
        .put("processed_bytes", counts.processedBytes())
        .put("failed", counts.failed())
        .put("retried", counts.retried())
        .put("dead_lettered", counts.deadLettered())
        .put("commits", counts.commits())
        .put("rebalances", counts.rebalances())
        .put("batches", counts.batches())
        .put("batch_ms", counts.batchMillis());
  }

  private static RunCounts counts(JsonNode node) {
    return new RunCounts(
        whole(node, "records_consumed"),
        whole(node, "bytes_consumed"),
        whole(node, "processed"),
        node.path("processed_bytes").asLong(),
        whole(node, "failed"),
        whole(node, "retried"),
        whole(node, "dead_lettered"),
        whole(node, "commits"),
        whole(node, "rebalances"),
        node.path("batches").asLong(),
        node.path("batch_ms").asLong());
  }
}
