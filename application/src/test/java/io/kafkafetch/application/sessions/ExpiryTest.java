package io.kafkafetch.application.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The queue of what expires")
final class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private final Expiry expiry = new Expiry();

  @Test
  void givesOutWhatIsDueInItsOrder() {
    expiry.lookAt("late", NOW.plusSeconds(3));
    expiry.lookAt("early", NOW.plusSeconds(1));
    expiry.lookAt("also early", NOW.plusSeconds(1));
    assertEquals(List.of(), expiry.due(NOW));
    assertEquals(List.of("also early", "early"), expiry.due(NOW.plusSeconds(1)));
    assertEquals(List.of("late"), expiry.due(NOW.plusSeconds(9)));
    assertEquals(0, expiry.size());
  }

  @Test
  void holdsEachOnceHoweverOftenItIsMoved() {
    for (int i = 0; i < 100; i++) {
      expiry.lookAt("one", NOW.plusSeconds(i));
    }
    assertEquals(1, expiry.size());
    assertEquals(List.of(), expiry.due(NOW.plusSeconds(98)));
    assertEquals(List.of("one"), expiry.due(NOW.plusSeconds(99)));
  }

  @Test
  void keepsNothingOfWhatHasEnded() {
    for (int i = 0; i < 1_000; i++) {
      expiry.lookAt("session-" + i, NOW);
      expiry.forget("session-" + i);
    }
    assertEquals(0, expiry.size());
    assertEquals(List.of(), expiry.due(NOW));
  }
}
