package io.kafkafetch.application.driven;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.RecordHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that a sink will never take, on its way to the dead-letter topic.
 *
 * @param cluster where the topic is
 * @param topic the dead-letter topic
 * @param batch holds the record
 * @param index which record of the batch
 * @param consumerId whose record it is
 * @param group the consumer group
 * @param processorId which processor refused it
 * @param processorType that processor's type
 * @param reason why, in a sentence
 * @param attempt how often this record was given up, from 1; above 1 after a redrive
 * @param at when
 */
public record DeadLetter(
    ClusterAddress cluster,
    String topic,
    RecordBatch batch,
    int index,
    String consumerId,
    String group,
    String processorId,
    String processorType,
    String reason,
    int attempt,
    Instant at) {
  /** In characters; three times as many bytes are well within the 64 KiB for our headers. */
  private static final int MAX_REASON = 4_096;

  /** What the names of our own headers begin with. */
  public static final String HEADER_PREFIX = "kafkafetch.dead-letter.";

  /**
   * The record's own headers, then ours, which say where it comes from and why. Ours of an earlier
   * letter, on a record that was redriven, are replaced.
   */
  public List<RecordHeader> headers() {
    var headers = new ArrayList<RecordHeader>();
    for (var header : batch.headers(index)) {
      if (!header.name().startsWith(HEADER_PREFIX)) {
        headers.add(header);
      }
    }
    var source = batch.source();
    add(headers, "topic", source.topic());
    add(headers, "topic-id", source.topicId());
    add(headers, "partition", Integer.toString(source.partition()));
    add(headers, "offset", Long.toString(batch.offset(index)));
    // Also here, since a topic may stamp what is appended with its own time.
    add(headers, "timestamp", Long.toString(batch.timestamp(index)));
    add(headers, "consumer", consumerId);
    add(headers, "group", group);
    add(headers, "processor", processorId);
    add(headers, "processor-type", processorType);
    add(headers, "reason", shortened(reason));
    add(headers, "attempt", Integer.toString(attempt));
    add(headers, "at", at.toString());
    return List.copyOf(headers);
  }

  /** What others say may be long, and the room for our headers is bounded. */
  private static String shortened(String text) {
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON - 1) + "…";
  }

  private static void add(List<RecordHeader> headers, String name, String value) {
    headers.add(new RecordHeader(HEADER_PREFIX + name, value.getBytes(UTF_8)));
  }
}
