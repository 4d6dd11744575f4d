package io.kafkafetch.application.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.ConsumerQuery.Place;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How an adapter of {@link Consumers} must list. */
public abstract class ConsumerListsContract extends StorageContract {
  private static final Optional<String> ANY = Optional.empty();

  private Consumers consumers() {
    return storage().consumers();
  }

  private Consumer stored(Consumer consumer) {
    consumers().insert(consumer, "created");
    return consumer;
  }

  @Test
  void withoutConsumersEveryListIsEmpty() {
    assertEquals(List.of(), consumers().list(ConsumerQuery.all()));
    assertEquals(List.of(), consumers().wanted());
    assertEquals(Map.of(), consumers().countByState());
  }

  @Test
  void wantedConsumersAreReadAsTheyAreNow() {
    var changing = stored(Given.activeConsumer("t", "g", 1));
    var staying = stored(Given.activeConsumer("t", "g", 2));
    assertEquals(List.of(changing, staying), consumers().wanted());
    var spec = Given.oddSpec();
    var stopped = changing.update(spec, Given.NOON).stop(Given.NOON);
    consumers().replace(changing, stopped, "updated");
    assertEquals(List.of(staying), consumers().wanted());
    var started = stopped.start(Given.NOON);

    consumers().replace(stopped, started, "started");

    assertEquals(List.of(started, staying), consumers().wanted());
    assertEquals(spec, consumers().wanted().getFirst().spec());
  }

  @Test
  void consumersAreCountedByState() {
    var first = stored(Given.activeConsumer("t", "g", 1));
    stored(Given.activeConsumer("t", "g", 2));
    stored(Given.inactiveConsumer());
    consumers().replace(first, first.halt(first.revision(), Failure.fatal("No", Given.NOON)), "");

    assertEquals(Map.of("ACTIVE", 1, "INACTIVE", 1, "ERROR", 1), consumers().countByState());
  }

  @Test
  void consumersAreListedByCreation() {
    var third = stored(Given.activeConsumer("t", "g", 3));
    var first = stored(Given.activeConsumer("t", "g", 1));
    var second = stored(Given.activeConsumer("t", "g", 2));

    assertEquals(List.of(first, second, third), consumers().list(ConsumerQuery.all()));
  }

  @Test
  void consumersOfTheSameInstantAreListedById() {
    var all = Stream.generate(Given::activeConsumer).limit(20).map(this::stored).toList();

    assertEquals(
        all.stream().sorted(Comparator.comparing(Consumer::id)).toList(),
        consumers().list(ConsumerQuery.all()));
  }

  @Test
  void aChangedConsumerKeepsItsPlace() {
    var first = stored(Given.activeConsumer("t", "g", 1));
    var second = stored(Given.activeConsumer("t", "g", 2));
    var changed = first.stop(Given.NOON.plusSeconds(9));
    consumers().replace(first, changed, "stopped");

    assertEquals(List.of(changed, second), consumers().list(ConsumerQuery.all()));
  }

  @Test
  void aListCanBeOfOneStatusOneTopicOrOneGroup() {
    var active = stored(Given.activeConsumer("orders", "billing", 1));
    var inactive = stored(Given.inactiveConsumer());
    var other = stored(Given.activeConsumer("users", "audit", 2));

    assertEquals(List.of(active, other), listed(Optional.of("ACTIVE"), ANY, ANY));
    assertEquals(List.of(inactive, active), listed(ANY, Optional.of("orders"), ANY));
    assertEquals(List.of(other), listed(ANY, ANY, Optional.of("audit")));
  }

  @Test
  void filtersHoldTogether() {
    var match = stored(Given.activeConsumer("orders", "billing", 1));
    stored(Given.activeConsumer("orders", "audit", 2));
    stored(Given.activeConsumer("users", "billing", 3));
    stored(Given.inactiveConsumer());

    assertEquals(
        List.of(match),
        listed(Optional.of("ACTIVE"), Optional.of("orders"), Optional.of("billing")));
    assertEquals(List.of(), listed(Optional.of("ERROR"), Optional.of("orders"), ANY));
  }

  @Test
  void aFilterIsNoPattern() {
    stored(Given.activeConsumer("orders", "billing", 1));

    assertEquals(List.of(), listed(ANY, Optional.of("%"), ANY));
    assertEquals(List.of(), listed(ANY, Optional.of("ORDERS"), ANY));
    assertEquals(List.of(), listed(Optional.of("' or true --"), ANY, ANY));
    assertEquals(List.of(), listed(Optional.of("\u0000"), ANY, ANY));
  }

  @Test
  void oneInErrorIsListedAsSuch() {
    var active = stored(Given.activeConsumer());
    var halted = active.halt(1, Given.probed(1));
    consumers().replace(active, halted, "halted");

    assertEquals(List.of(halted), listed(Optional.of("ERROR"), ANY, ANY));
    assertEquals(List.of(), listed(Optional.of("ACTIVE"), ANY, ANY));
  }

  @Test
  void pagesJoinUpToTheWholeListWithoutTheirNeighboursBeingMissedOrRepeated() {
    for (int i = 0; i < 11; i++) {
      // Some share an instant: the id decides between them.
      stored(Given.activeConsumer("orders", "billing", i / 3));
    }
    stored(Given.activeConsumer("users", "billing", 1));

    var pages = new ArrayList<Consumer>();
    Optional<Place> place = Optional.empty();
    while (true) {
      var page =
          consumers()
              .list(new ConsumerQuery(ANY, Optional.of("orders"), ANY, place, OptionalInt.of(4)));
      if (page.isEmpty()) {
        break;
      }
      pages.addAll(page);
      place = Optional.of(new Place(page.getLast().createdAt(), page.getLast().id()));
    }

    assertEquals(listed(ANY, Optional.of("orders"), ANY), pages);
    assertEquals(11, pages.size());
  }

  @Test
  void wantedIsWhatRunsOrIsProbed() {
    var active = stored(Given.activeConsumer("t", "g", 1));
    stored(Given.inactiveConsumer());
    var probed = halted(Given.activeConsumer("t", "g", 2), Given.probed(3));
    halted(Given.activeConsumer("t", "g", 3), Failure.fatal("A 401.", Given.NOON));

    assertEquals(List.of(active, probed), consumers().wanted());
  }

  private Consumer halted(Consumer consumer, Failure failure) {
    var halted = stored(consumer).halt(1, failure);
    consumers().replace(consumer, halted, "halted");
    return halted;
  }

  private List<Consumer> listed(
      Optional<String> status, Optional<String> topic, Optional<String> group) {
    return consumers()
        .list(new ConsumerQuery(status, topic, group, Optional.empty(), OptionalInt.empty()));
  }
}
