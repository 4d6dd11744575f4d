package io.kafkafetch.application.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.contract.FleetContract;
import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InMemoryFleetTest extends FleetContract {
  @Override
  protected Storage open() {
    return new InMemoryStorage(InstantSource.system());
  }

  @Test
  void aHeartbeatCountsForExactlyItsTimeToLive() {
    var now = new AtomicReference<>(Given.NOON);
    try (var storage = new InMemoryStorage(now::get)) {
      storage.fleet().beat(Given.server("a"), Duration.ofSeconds(10));

      now.set(Given.NOON.plusMillis(9_999));
      assertEquals(List.of(Given.server("a")), storage.fleet().live());
      now.set(Given.NOON.plusMillis(10_000));
      assertEquals(List.of(), storage.fleet().live());
    }
  }
}
