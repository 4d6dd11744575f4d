package io.kafkafetch.application.fleet;

import static io.kafkafetch.application.fleet.GivenFleet.NOW;
import static io.kafkafetch.application.fleet.GivenFleet.active;
import static io.kafkafetch.application.fleet.GivenFleet.id;
import static io.kafkafetch.application.fleet.GivenFleet.probedAt;
import static io.kafkafetch.application.fleet.GivenFleet.servers;
import static io.kafkafetch.application.fleet.GivenFleet.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.fleet.Plan.Action;
import io.kafkafetch.application.fleet.Plan.Running;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTest extends PlannedConsumers {
  private static final Consumer MOVED = ACTIVE.update(Given.spec("elsewhere", "g"), NOW).start(NOW);
  private static final Consumer NOT_DUE = probedAt(1, NOW.plusNanos(1));

  /** The same consumer after one more failed probe. */
  private static final Consumer DUE_LATER =
      DUE.probeFailed(
          DUE.revision(), Failure.probedAt("no broker", Given.NOON, 2, NOW.plusSeconds(4)));

  private static Running probes(Consumer consumer) {
    return new Running(key(consumer), consumer, true, false, false);
  }

  private static Running over(Running running) {
    return new Running(running.member(), running.consumer(), running.probe(), true, false);
  }

  private static Running spent(Running running) {
    return new Running(running.member(), running.consumer(), running.probe(), true, true);
  }

  private static Action probe(Consumer consumer) {
    return new Action.Launch(key(consumer), consumer, true);
  }

  private static Action apply(Consumer consumer) {
    return new Action.Apply(key(consumer), consumer);
  }

  record Row(
      String what,
      List<Consumer> wanted,
      List<Running> running,
      List<Consumer> retiring,
      List<Action> expected) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Row row(String what, List<Consumer> wanted, List<Running> running, Action... to) {
    return new Row(what, wanted, running, List.of(), List.of(to));
  }

  /** One server, consumers of one task. */
  static Stream<Row> rows() {
    var none = List.<Consumer>of();
    var nothing = List.<Running>of();
    return Stream.of(
        row("nothing is wanted", none, nothing),
        row("what is wanted is launched", List.of(ACTIVE), nothing, launch(ACTIVE)),
        row("what runs is kept", List.of(ACTIVE), List.of(runs(ACTIVE))),
        row("what was changed is applied", List.of(CHANGED), List.of(runs(ACTIVE)), apply(CHANGED)),
        row("what is no longer wanted is retired", none, List.of(runs(ACTIVE)), retire(ACTIVE)),
        row(
            "another source is retired first",
            List.of(MOVED),
            List.of(runs(ACTIVE)),
            retire(MOVED)),
        new Row(
            "and launched when it is gone", List.of(MOVED), nothing, none, List.of(launch(MOVED))),
        new Row("but not before", List.of(MOVED), nothing, List.of(MOVED), List.of()),
        new Row("nor is the same", List.of(ACTIVE), nothing, List.of(ACTIVE), List.of()),
        row("a probe that is due is launched", List.of(DUE), nothing, probe(DUE)),
        row("one that is not due is not", List.of(NOT_DUE), nothing),
        row("a fatal one waits for a person", List.of(FATAL), nothing),
        row("a fatal one is retired", List.of(FATAL), List.of(runs(FATAL)), retire(FATAL)),
        row(
            "what ran into ERROR is retired",
            List.of(NOT_DUE),
            List.of(runs(NOT_DUE)),
            retire(NOT_DUE)),
        row("a probe goes on", List.of(DUE), List.of(probes(DUE))),
        row("a failed probe stays until it is counted", List.of(DUE), List.of(over(probes(DUE)))),
        row("and is then retired", List.of(DUE_LATER), List.of(over(probes(DUE))), retire(DUE)),
        row(
            "another server's failed probe ends no probe here",
            List.of(DUE_LATER),
            List.of(probes(DUE))),
        row("a probe that held goes on", List.of(DUE.retryHeld(1)), List.of(probes(DUE))),
        row("one that is over is left to its report", List.of(ACTIVE), List.of(over(runs(ACTIVE)))),
        row(
            "and tried again when the state has stayed",
            List.of(ACTIVE),
            List.of(spent(runs(ACTIVE))),
            retire(ACTIVE)),
        row(
            "or when somebody has changed it",
            List.of(CHANGED),
            List.of(over(runs(ACTIVE))),
            retire(ACTIVE)),
        row(
            "one that was halted and started again is launched afresh",
            List.of(FATAL.start(NOW)),
            List.of(over(runs(FATAL))),
            retire(FATAL)),
        row(
            "a probe that is retried by hand is applied",
            List.of(DUE.start(NOW)),
            List.of(probes(DUE)),
            apply(DUE.start(NOW))));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onOneServer(Row row) {
    var plan =
        Plan.of(
            row.wanted(),
            row.running(),
            row.retiring().stream().map(PlanTest::key).toList(),
            servers("a"),
            id("a"),
            NOW);

    assertEquals(row.expected(), plan.actions());
  }

  @Test
  void retirementsComeFirst() {
    var plan =
        Plan.of(
            List.of(ACTIVE),
            List.of(runs(MOVED), runs(FATAL)),
            List.of(),
            servers("a"),
            id("a"),
            NOW);

    assertTrue(plan.actions().getFirst() instanceof Action.Retire, plan.toString());
  }

  @Test
  void moreTasksLaunchTheNewOnesAndApplyTheOld() {
    var one = active(1);
    var three = one.update(tasks(one.spec(), 3), NOW);

    var plan = Plan.of(List.of(three), List.of(runs(one)), List.of(), servers("a"), id("a"), NOW);

    assertEquals(
        List.of(
            apply(three),
            new Action.Launch(new MemberKey(one.id(), 1), three, false),
            new Action.Launch(new MemberKey(one.id(), 2), three, false)),
        sorted(plan.actions()));
  }

  @Test
  void fewerTasksRetireTheLastOnes() {
    var three = active(3);
    var one = three.update(tasks(three.spec(), 1), NOW);
    var running =
        IntStream.range(0, 3)
            .mapToObj(i -> new Running(new MemberKey(three.id(), i), three, false, false, false))
            .toList();

    var plan = Plan.of(List.of(one), running, List.of(), servers("a"), id("a"), NOW);

    assertEquals(
        List.of(
            apply(one),
            new Action.Retire(new MemberKey(one.id(), 1)),
            new Action.Retire(new MemberKey(one.id(), 2))),
        sorted(plan.actions()));
  }

  private static List<Action> sorted(List<Action> actions) {
    return actions.stream()
        .sorted(java.util.Comparator.comparingInt(action -> action.member().ordinal()))
        .toList();
  }

  @Test
  void aServerThatNobodySeesRunsNothing() {
    var plan = Plan.of(List.of(ACTIVE), List.of(runs(ACTIVE)), List.of(), servers(), id("a"), NOW);

    assertEquals(List.of(retire(ACTIVE)), plan.actions());
  }

  @Test
  void aPlanThatWasCarriedOutIsFollowedByNone() {
    UnaryOperator<List<Running>> carriedOut =
        running -> {
          var after = new ArrayList<>(running);
          for (var action :
              Plan.of(List.of(CHANGED, DUE), running, List.of(), servers("a"), id("a"), NOW)
                  .actions()) {
            after.removeIf(member -> member.member().equals(action.member()));
            switch (action) {
              case Action.Launch(var member, var consumer, var probe) ->
                  after.add(new Running(member, consumer, probe, false, false));
              case Action.Apply(var member, var consumer) ->
                  after.add(new Running(member, consumer, false, false, false));
              case Action.Retire _ -> {}
            }
          }
          return after;
        };

    var after = carriedOut.apply(List.of(runs(ACTIVE), runs(FATAL)));

    assertEquals(
        List.of(),
        Plan.of(List.of(CHANGED, DUE), after, List.of(), servers("a"), id("a"), NOW).actions());
  }
}
