package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** For how long a member may wait for something to come. */
class PollTimeoutTest {
  private static final Instant NOON = Given.NOON;

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Test
  void aMemberWithNothingToDoWaitsForAsLongAsItMay() {
    assertEquals(PATIENCE, timeout(List.of()));
    assertTrue(PollTimeout.isQuiet(List.of()));
  }

  @Test
  void aMemberWithAPartitionThatIsBeingOpenedDoesNotWaitForTheClientsLongBackoff() {
    var opening = new Slot(new TopicPartition("orders", 0));

    assertEquals(PollTimeout.RESTLESS, timeout(List.of(opening)));
    assertFalse(PollTimeout.isQuiet(List.of(opening)));
    assertTrue(PollTimeout.RESTLESS.compareTo(ClientProperties.HEARTBEAT) < 0);
  }

  private static Duration timeout(List<Slot> slots) {
    return PollTimeout.of(slots, PATIENCE, Given.spec("orders", "billing").delivery(), NOON, NOON);
  }
}
