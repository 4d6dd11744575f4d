package io.kafkafetch.application.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Fleet;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driving.Ownership.Owner;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server's view of its fleet")
final class FleetViewTest {
  private static final FleetServer ONE = new FleetServer(new ServerId("one"), "10.0.0.1:8000");
  private static final FleetServer TWO = new FleetServer(new ServerId("two"), "10.0.0.2:8000");
  private static final FleetServer THREE = new FleetServer(new ServerId("three"), "10.0.0.3:8000");

  private List<FleetServer> heartbeats = List.of();
  private int looks;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Fleet fleet =
      new Fleet() {
        @Override
        public void beat(FleetServer server, Duration timeToLive) {
          throw new IllegalStateException("Looking changes nothing");
        }

        @Override
        public List<FleetServer> live() {
          looks++;
          return heartbeats;
        }

        @Override
        public void leave(ServerId server) {
          throw new IllegalStateException("Looking changes nothing");
        }
      };

  private FleetView viewOf(FleetServer self) {
    return new FleetView(self, () -> fleet, () -> now);
  }

  @Test
  @DisplayName("is of itself alone until it has seen others")
  void alone() {
    assertEquals(new Owner.Here(), viewOf(ONE).ofGroup("any"));
  }

  @Test
  @DisplayName("finds a session by the server that its id names")
  void sessions() {
    var view = viewOf(ONE);
    view.saw(List.of(ONE, TWO));
    assertEquals(new Owner.Here(), view.ofSession(view.sessionPrefix() + "1"));
    assertEquals(new Owner.Here(), view.ofSession("of nobody"));
    assertEquals(
        new Owner.There("10.0.0.2:8000"), view.ofSession(viewOf(TWO).sessionPrefix() + "1"));
    assertEquals(0, looks);
  }

  @Test
  @DisplayName("looks again for a server that it has not seen, but not all the time")
  void looksAgain() {
    var view = viewOf(ONE);
    assertThrows(Refusal.NotFound.class, () -> view.ofSession("three.1"));
    heartbeats = List.of(ONE, THREE);
    assertThrows(Refusal.NotFound.class, () -> view.ofSession("three.1"));
    assertEquals(1, looks);
    now = now.plusSeconds(1);
    assertEquals(new Owner.There("10.0.0.3:8000"), view.ofSession("three.1"));
    assertEquals(2, looks);
  }

  @Test
  @DisplayName("gives each group to one server, the same one seen from everywhere")
  void groups() {
    var all = List.of(ONE, TWO, THREE);
    var views = all.stream().map(this::viewOf).toList();
    views.forEach(view -> view.saw(all));
    var owners = new HashSet<Integer>();
    for (var group : IntStream.range(0, 50).mapToObj(i -> "group-" + i).toList()) {
      var here =
          IntStream.range(0, 3)
              .filter(i -> views.get(i).ofGroup(group) instanceof Owner.Here)
              .boxed()
              .toList();
      assertEquals(1, here.size(), group);
      owners.addAll(here);
    }
    assertEquals(3, owners.size());
  }

  @Test
  @DisplayName("moves only the groups of a server that goes")
  void moves() {
    var before = viewOf(ONE);
    before.saw(List.of(ONE, TWO, THREE));
    var after = viewOf(ONE);
    after.saw(List.of(ONE, TWO));
    var three = new Owner.There(THREE.address());
    for (int i = 0; i < 50; i++) {
      var owner = before.ofGroup("group-" + i);
      if (!owner.equals(three)) {
        assertEquals(owner, after.ofGroup("group-" + i));
      }
    }
    assertTrue(before.lives(three));
    assertFalse(after.lives(three));
  }
}
