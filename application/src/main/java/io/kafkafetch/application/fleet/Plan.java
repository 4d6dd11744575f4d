package io.kafkafetch.application.fleet;

import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What a server does to bring what it runs to what is wanted: a pure function, so that every case
 * can be tested as a row of a table.
 *
 * @param actions what to do, retirements first
 */
record Plan(List<Action> actions) {
  /** One thing to do. */
  sealed interface Action {
    /** Which member. */
    MemberKey member();

    /** Run it. A probe runs it although its consumer is in ERROR, to see whether it gets on. */
    record Launch(MemberKey member, Consumer consumer, boolean probe) implements Action {}

    /** Give it the consumer's new processors and policy while it runs. */
    record Apply(MemberKey member, Consumer consumer) implements Action {}

    /** Let it go. */
    record Retire(MemberKey member) implements Action {}
  }

  /**
   * A member that runs here.
   *
   * @param consumer as it was when it was last applied
   * @param probe whether it was launched as a probe
   * @param over whether it has stopped, or cannot go on
   * @param spent whether it has stopped by itself so long ago that it may be tried again
   */
  record Running(MemberKey member, Consumer consumer, boolean probe, boolean over, boolean spent) {}

  /**
   * The plan for one server.
   *
   * @param wanted the consumers that should run or be probed
   * @param running what runs here
   * @param retiring what is being let go here, and must be gone before it is launched again
   * @param live the servers that share the work
   */
  static Plan of(
      Collection<Consumer> wanted,
      Collection<Running> running,
      Collection<MemberKey> retiring,
      Collection<FleetServer> live,
      ServerId self,
      Instant now) {
    var mine = membersOf(wanted, live, self);
    var actions = new ArrayList<Action>();
    var kept = new HashSet<MemberKey>();
    for (var member : running) {
      var consumer = mine.get(member.member());
      if (consumer == null || !mayGoOn(member, consumer)) {
        actions.add(new Action.Retire(member.member()));
      } else {
        kept.add(member.member());
        if (member.consumer().revision() != consumer.revision()) {
          actions.add(new Action.Apply(member.member(), consumer));
        }
      }
    }
    var leaving = new HashSet<>(retiring);
    actions.forEach(action -> leaving.add(action.member()));
    leaving.removeAll(kept);
    mine.forEach((member, consumer) -> {
      if (!kept.contains(member) && !leaving.contains(member) && isDue(consumer, now)) {
        boolean probe = consumer.state() instanceof ConsumerState.InError;
        actions.add(new Action.Launch(member, consumer, probe));
      }
    });
    return new Plan(List.copyOf(actions));
  }

  private static Map<MemberKey, Consumer> membersOf(
      Collection<Consumer> wanted, Collection<FleetServer> live, ServerId self) {
    var mine = new HashMap<MemberKey, Consumer>();
    for (var consumer : wanted) {
      for (int ordinal = 0; ordinal < consumer.spec().tasksMax(); ordinal++) {
        var member = new MemberKey(consumer.id(), ordinal);
        if (Placement.of(member, live).filter(self::equals).isPresent()) {
          mine.put(member, consumer);
        }
      }
    }
    return mine;
  }

  private static boolean mayGoOn(Running member, Consumer consumer) {
    if (!member.consumer().spec().sameSourceAs(consumer.spec())) {
      return false;
    }
    return switch (consumer.state()) {
      // One that is over is left until its report has changed the state, or somebody has started
      // it afresh. Where others get on, so that the state stays, it is tried again after a while.
      case ConsumerState.Active _ ->
          !member.spent()
              && (!member.over() || member.consumer().revision() == consumer.revision());
      // A probe that has failed is left until that was counted.
      case ConsumerState.InError _ ->
          member.probe() && (!member.over() || member.consumer().attempts() == consumer.attempts());
      case ConsumerState.Inactive _ -> false;
    };
  }

  private static boolean isDue(Consumer consumer, Instant now) {
    return switch (consumer.state()) {
      case ConsumerState.Active _ -> true;
      case ConsumerState.InError error ->
          error.failure().nextRetryAt().filter(at -> !at.isAfter(now)).isPresent();
      case ConsumerState.Inactive _ -> false;
    };
  }
}
