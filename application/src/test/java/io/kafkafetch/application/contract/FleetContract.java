package io.kafkafetch.application.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an adapter of {@link Fleet} must keep. */
public abstract class FleetContract extends StorageContract {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(100);

  private Fleet fleet() {
    return storage().fleet();
  }

  @Test
  void withoutAHeartbeatNobodyLives() {
    assertEquals(List.of(), fleet().live());
  }

  @Test
  void serversThatBeatAreLiveAndOrderedById() {
    for (var id : List.of("b", "a-1", "B", "a1", "a")) {
      fleet().beat(Given.server(id), LONG);
    }

    assertEquals(
        List.of("B", "a", "a-1", "a1", "b"),
        fleet().live().stream().map(server -> server.id().value()).toList());
  }

  @Test
  void aServerIsLiveOnceHoweverOftenItBeats() {
    fleet().beat(Given.server("a"), LONG);
    fleet().beat(Given.server("a"), LONG);

    assertEquals(List.of(Given.server("a")), fleet().live());
  }

  @Test
  void theLastAddressCounts() {
    var moved = new FleetServer(new ServerId("a"), "[::1]:8001");
    fleet().beat(Given.server("a"), LONG);
    fleet().beat(moved, LONG);

    assertEquals(List.of(moved), fleet().live());
  }

  @Test
  void aHeartbeatRunsOut() {
    fleet().beat(Given.server("a"), LONG);
    fleet().beat(Given.server("b"), SHORT);

    await().untilAsserted(() -> assertEquals(List.of(Given.server("a")), fleet().live()));
  }

  @Test
  void aServerWhoseHeartbeatRanOutComesBackWithTheNext() {
    fleet().beat(Given.server("a"), SHORT);
    await().untilAsserted(() -> assertEquals(List.of(), fleet().live()));

    fleet().beat(Given.server("a"), LONG);

    assertEquals(List.of(Given.server("a")), fleet().live());
  }

  @Test
  void aServerThatLeavesIsGoneAtOnce() {
    fleet().beat(Given.server("a"), LONG);
    fleet().beat(Given.server("b"), LONG);

    fleet().leave(new ServerId("a"));
    fleet().leave(new ServerId("never came"));

    assertEquals(List.of(Given.server("b")), fleet().live());
  }
}
