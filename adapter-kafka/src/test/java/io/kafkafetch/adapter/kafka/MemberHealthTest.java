package io.kafkafetch.adapter.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Condition;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberHealthTest {
  private static final Instant NOON = Instant.parse("2026-11-05T12:00:00Z");

  private final MemberHealth health = new MemberHealth("kafka:9092", NOON);

  private static Instant after(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  @Test
  void recordsThatStillComeDoNotHideACoordinatorThatIsGone() {
    health.contact(NOON);
    health.fetched(after(29));

    assertEquals(Condition.DEGRADED, health.condition(after(29), false));
    var said = health.trouble(after(29)).orElseThrow().reason();
    assertTrue(said.contains("coordinator at kafka:9092"), said);
    health.fetched(after(30));
    assertEquals(Condition.FAILED, health.condition(after(30), false));
    assertEquals(Optional.of(after(30)), health.lastHeard());
  }

  @Test
  void aCoordinatorThatAnswersAgainEndsTheTrouble() {
    health.contact(NOON);
    assertEquals(Condition.FAILED, health.condition(after(31), false));

    health.contact(after(31));

    assertEquals(Condition.RUNNING, health.condition(after(32), false));
    assertEquals(Optional.empty(), health.trouble(after(32)));
  }
}
