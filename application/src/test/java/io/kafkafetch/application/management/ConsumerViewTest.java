package io.kafkafetch.application.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.domain.consumer.Trouble;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsumerViewTest extends ServiceCalls {
  // sights

  @Test
  void thoseWhoShareAGroupSaySo() {
    var one = created("t", "g");
    var other = created("t", "g");
    given.consumers.start(one, ANY);
    assertEquals(Optional.empty(), given.consumers.get(one).trouble());

    given.consumers.start(other, ANY);

    for (var id : List.of(one, other)) {
      assertTrue(given.consumers.get(id).trouble().orElseThrow().reason().contains("only a part"));
    }
    for (var view : given.consumers.list(ConsumerFilter.all()).items()) {
      assertTrue(view.trouble().isPresent());
    }
  }

  @Test
  void oneInErrorSharesNothing() {
    var one = created("t", "g");
    var other = created("t", "g");
    given.consumers.start(one, ANY);
    var running = given.consumers.start(other, ANY).consumer();
    given.storage.consumers().replace(running, running.halt(2, Given.probed(1)), "ERROR");

    assertEquals(Optional.empty(), given.consumers.get(one).trouble());
    assertTrue(
        given.consumers.list(ConsumerFilter.all()).items().stream()
            .allMatch(view -> view.trouble().isEmpty()));
  }

  @Test
  void theOldestTroubleOfThisRevisionIsShown() {
    var id = created("t", "g");
    var running = given.consumers.start(id, ANY).consumer();
    var older = new Trouble("older", Given.NOON, 1, Optional.empty());
    var newer = new Trouble("newer", Given.NOON.plusSeconds(1), 1, Optional.empty());
    var stale = new Trouble("stale", Given.NOON.minusSeconds(9), 1, Optional.empty());
    given
        .storage
        .reports()
        .save(
            List.of(
                report(running.id(), "b", 2, newer),
                report(running.id(), "c", 2, older),
                report(running.id(), "d", 1, stale)));

    assertEquals(Optional.of(older), given.consumers.get(id).trouble());
  }

  private static io.kafkafetch.application.driven.RunReport report(
      io.kafkafetch.domain.consumer.ConsumerId id, String server, long revision, Trouble trouble) {
    var plain = Given.report(id, server, Given.NOON);
    return new io.kafkafetch.application.driven.RunReport(
        id,
        plain.server(),
        revision,
        Condition.DEGRADED,
        Optional.of(trouble),
        false,
        plain.partitions(),
        plain.processors(),
        plain.counts(),
        plain.lastPollAt(),
        plain.lastCommitAt(),
        plain.lastProgressAt(),
        plain.reportedAt());
  }
}
