package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  @Test
  void aMemberWithNothingToDoWaitsForLongerThanAHeartbeatTakesToCome() {
    assertEquals(PollTimeout.IDLE, timeout(List.of(), true));
    assertTrue(PollTimeout.IDLE.toMillis() > ClientProperties.HEARTBEAT_MS);
  }

  @Test
  void aMemberThatHeardNothingLooksAgainBeforeThatIsTakenForSilence() {
    assertEquals(PollTimeout.RESTLESS, timeout(List.of(), false));
  }

  @Test
  void aMemberWithAPartitionThatIsBeingOpenedDoesNotWaitForTheClientsLongBackoff() {
    var opening = new Slot(new TopicPartition("orders", 0));

    assertEquals(PollTimeout.RESTLESS, timeout(List.of(opening), true));
    assertTrue(PollTimeout.RESTLESS.toMillis() < ClientProperties.HEARTBEAT_MS);
  }

  private static Duration timeout(List<Slot> slots, boolean heard) {
    return PollTimeout.of(slots, heard, Given.spec("orders", "billing").delivery(), NOON, NOON);
  }
}
