package io.kafkafetch.application.fleet;

import static io.kafkafetch.application.fleet.GivenFleet.NOW;
import static io.kafkafetch.application.fleet.GivenFleet.active;
import static io.kafkafetch.application.fleet.GivenFleet.id;
import static io.kafkafetch.application.fleet.GivenFleet.servers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.fleet.Plan.Action;
import io.kafkafetch.application.fleet.Plan.Running;
import io.kafkafetch.domain.consumer.Consumer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What several servers plan, each for itself. */
class FleetPlanTest extends PlannedConsumers {
  @Test
  void serversThatAgreeRunEveryMemberExactlyOnce() {
    var wanted = IntStream.range(0, 50).mapToObj(_ -> active(3)).toList();
    var live = servers("a", "b", "c");
    var launched = new ArrayList<MemberKey>();

    for (var server : live) {
      Plan.of(wanted, List.of(), List.of(), live, server.id(), NOW)
          .actions()
          .forEach(action -> launched.add(action.member()));
    }

    assertEquals(150, launched.size());
    assertEquals(150, new HashSet<>(launched).size());
  }

  @Test
  void whenAServerJoinsTheOthersOnlyRetireWhatItTakes() {
    var wanted = IntStream.range(0, 60).mapToObj(_ -> active(1)).toList();
    var before = running(wanted, "a", servers("a", "b"));

    var plan = Plan.of(wanted, before, List.of(), servers("a", "b", "c"), id("a"), NOW);
    var joined = Plan.of(wanted, List.of(), List.of(), servers("a", "b", "c"), id("c"), NOW);

    assertTrue(plan.actions().stream().allMatch(action -> action instanceof Action.Retire));
    var taken = joined.actions().stream().map(Action::member).toList();
    assertTrue(taken.containsAll(plan.actions().stream().map(Action::member).toList()));
    assertTrue(plan.actions().size() > 5 && plan.actions().size() < 20, "" + plan.actions().size());
  }

  @Test
  void whenAServerLeavesTheOthersOnlyLaunchWhatItHad() {
    var wanted = IntStream.range(0, 60).mapToObj(_ -> active(1)).toList();
    var left = members(running(wanted, "c", servers("a", "b", "c")));
    var launched = new ArrayList<MemberKey>();

    for (var server : servers("a", "b")) {
      var before = running(wanted, server.id().value(), servers("a", "b", "c"));
      var plan = Plan.of(wanted, before, List.of(), servers("a", "b"), server.id(), NOW);
      assertTrue(plan.actions().stream().allMatch(action -> action instanceof Action.Launch));
      plan.actions().forEach(action -> launched.add(action.member()));
    }

    assertEquals(new HashSet<>(left), new HashSet<>(launched));
    assertEquals(left.size(), launched.size());
  }

  @Test
  void serversThatDisagreeMayOverlapAMemberButAgreeAgainWithTheNextHeartbeat() {
    var consumer =
        Stream.generate(() -> active(1))
            .filter(it -> Placement.of(key(it), servers("a", "b")).orElseThrow().equals(id("b")))
            .findFirst()
            .orElseThrow();
    // Server a has not seen b's heartbeat, b has seen both.
    var alone = Plan.of(List.of(consumer), List.of(), List.of(), servers("a"), id("a"), NOW);
    var both = Plan.of(List.of(consumer), List.of(), List.of(), servers("a", "b"), id("b"), NOW);
    assertEquals(List.of(launch(consumer)), alone.actions());
    assertEquals(List.of(launch(consumer)), both.actions());

    var later =
        Plan.of(
            List.of(consumer), List.of(runs(consumer)), List.of(), servers("a", "b"), id("a"), NOW);

    assertEquals(List.of(retire(consumer)), later.actions());
  }

  private static List<Running> running(
      List<Consumer> wanted,
      String server,
      List<io.kafkafetch.application.driven.FleetServer> live) {
    return wanted.stream()
        .filter(it -> Placement.of(key(it), live).orElseThrow().equals(id(server)))
        .map(PlanTest::runs)
        .toList();
  }

  private static List<MemberKey> members(List<Running> running) {
    return running.stream().map(Running::member).toList();
  }
}
