package io.kafkafetch.application.driving;

import io.kafkafetch.domain.consumer.ConsumerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One run through a consumer's dead letters.
 *
 * @param server the server that runs it
 * @param topic the dead-letter topic
 * @param updatedAt when it last said how far it got
 * @param trouble why it failed, or what it is trying again just now
 * @param remarks the first few letters that were passed over, each with the reason
 */
public record Redrive(
    UUID id,
    ConsumerId consumer,
    String server,
    String topic,
    RedriveState state,
    Instant startedAt,
    Instant updatedAt,
    Optional<Instant> endedAt,
    RedriveCounts counts,
    Optional<String> trouble,
    List<String> remarks) {
  public Redrive {
    remarks = List.copyOf(remarks);
  }

  /** The same in another state. */
  public Redrive in(RedriveState other) {
    return new Redrive(
        id, consumer, server, topic, other, startedAt, updatedAt, endedAt, counts, trouble,
        remarks);
  }
}
