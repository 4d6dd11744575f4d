package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;

/** Turns what a command throws into the answer to whoever gave it. */
final class SessionReplies {
  private SessionReplies() {}

  /** Runs a command that answers by itself, unless it throws. */
  static void answer(CompletableFuture<?> reply, Runnable command) {
    try {
      command.run();
    } catch (Refusal refusal) {
      reply.completeExceptionally(refusal);
    } catch (KafkaException fault) {
      reply.completeExceptionally(SessionFaults.of(fault));
    }
  }
}
