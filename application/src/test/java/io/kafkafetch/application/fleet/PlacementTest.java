package io.kafkafetch.application.fleet;

import static io.kafkafetch.application.fleet.GivenFleet.servers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final long SEED = 20_261_105;
  private static final int MEMBERS = 3_000;

  private static List<MemberKey> members() {
    var random = new Random(SEED);
    return IntStream.range(0, MEMBERS)
        .mapToObj(i ->
            new MemberKey(new ConsumerId(new UUID(random.nextLong(), random.nextLong())), i % 4))
        .toList();
  }

  private static Map<MemberKey, ServerId> placed(List<FleetServer> live) {
    var placed = new HashMap<MemberKey, ServerId>();
    members().forEach(member -> placed.put(member, Placement.of(member, live).orElseThrow()));
    return placed;
  }

  @Test
  void membersAreSpreadEvenly() {
    var shares = new HashMap<ServerId, Integer>();
    placed(servers("a", "b", "c")).values().forEach(id -> shares.merge(id, 1, Integer::sum));

    assertEquals(3, shares.size());
    shares.forEach((server, share) ->
        assertTrue(
            share > MEMBERS / 3 * 9 / 10 && share < MEMBERS / 3 * 11 / 10,
            server + " has " + share));
  }

  @Test
  void theMembersOfOneConsumerAreSpreadToo() {
    var id = new ConsumerId(new UUID(1, 2));
    var used =
        IntStream.range(0, 64)
            .mapToObj(ordinal -> Placement.of(new MemberKey(id, ordinal), servers("a", "b", "c")))
            .distinct()
            .count();

    assertEquals(3, used);
  }

  @Test
  void onlyTheShareOfAServerThatLeavesMoves() {
    var before = placed(servers("a", "b", "c"));
    var after = placed(servers("a", "c"));

    before.forEach((member, server) -> {
      if (!server.value().equals("b")) {
        assertEquals(server, after.get(member));
      }
    });
  }

  @Test
  void whatAServerThatLeavesHadIsSpreadOverTheOthers() {
    var before = placed(servers("a", "b", "c"));
    var after = placed(servers("a", "c"));

    long toA =
        before.entrySet().stream()
            .filter(entry -> entry.getValue().value().equals("b"))
            .filter(entry -> new ServerId("a").equals(after.get(entry.getKey())))
            .count();

    assertTrue(toA > MEMBERS / 9 && toA < MEMBERS / 4, "" + toA);
  }

  @Test
  void theOrderInWhichServersAreSeenDoesNotMatter() {
    var turned = new ArrayList<>(servers("a", "b", "c"));
    Collections.reverse(turned);

    assertEquals(placed(servers("a", "b", "c")), placed(turned));
  }

  @Test
  void withoutServersThereIsNoPlace() {
    assertEquals(Optional.empty(), Placement.of(members().getFirst(), List.of()));
  }
}
