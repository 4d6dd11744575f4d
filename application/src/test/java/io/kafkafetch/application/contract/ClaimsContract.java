package io.kafkafetch.application.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.domain.consumer.Consumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What an adapter of {@link Consumers} must keep about claims. It may find more than is asked for,
 * so one that keeps nothing and finds everybody passes.
 */
public abstract class ClaimsContract extends StorageContract {
  private static final String FILE = "file:/data/orders.log";
  private static final String TABLE = "postgresql:db:5432/shop/orders";

  private Consumers consumers() {
    return storage().consumers();
  }

  private Consumer stored(Consumer consumer) {
    consumers().insert(consumer, "created");
    return consumer;
  }

  @Test
  void oneWhoseClaimsNobodyRecordedIsFoundByEveryResource() {
    var consumer = stored(Given.activeConsumer());

    assertEquals(List.of(consumer), consumers().claiming(Set.of(FILE)));
  }

  @Test
  void whoeverHoldsOneOfTheResourcesIsFoundInTheOrderOfCreation() {
    var third = stored(Given.activeConsumer("t", "g", 3));
    var first = stored(Given.activeConsumer("t", "g", 1));
    var second = stored(Given.activeConsumer("t", "g", 2));
    consumers().recordClaims(Map.of(first, Set.of(FILE), third, Set.of(TABLE, "file:/other")));

    assertEquals(List.of(first, second, third), consumers().claiming(Set.of(FILE, TABLE)));
  }

  @Test
  void whoeverIsFoundIsAsItIsStored() {
    var odd = stored(Consumer.create(Given.newId(), Given.oddSpec(), true, Given.NOON));
    consumers().recordClaims(Map.of(odd, Set.of(FILE)));

    assertEquals(List.of(odd), consumers().claiming(Set.of(FILE)));
  }

  @Test
  void whatWasRecordedOutlivesAChangeOfTheState() {
    var active = stored(Given.activeConsumer());
    consumers().recordClaims(Map.of(active, Set.of(FILE)));
    var stopped = active.stop(Given.NOON.plusSeconds(1));
    consumers().replace(active, stopped, "stopped");

    assertEquals(List.of(stopped), consumers().claiming(Set.of(FILE)));
  }

  @Test
  void aNewSpecIsFoundByEveryResourceUntilItsClaimsAreRecorded() {
    var before = stored(Given.activeConsumer());
    consumers().recordClaims(Map.of(before, Set.of(FILE)));
    var after = before.update(Given.oddSpec(), Given.NOON.plusSeconds(1));
    consumers().replace(before, after, "updated");

    assertEquals(List.of(after), consumers().claiming(Set.of(TABLE)));
  }

  @Test
  void whatIsRecordedForAnOldRevisionChangesNothing() {
    var before = stored(Given.activeConsumer());
    var after = before.update(Given.oddSpec(), Given.NOON.plusSeconds(1));
    consumers().replace(before, after, "updated");

    consumers().recordClaims(Map.of(before, Set.of(FILE)));

    assertEquals(List.of(after), consumers().claiming(Set.of(TABLE)));
  }

  @Test
  void aResourceMayHaveAnyNameAndAnyLength() {
    var consumer = stored(Given.activeConsumer());
    var names = Set.of("", "\u0000", "' or true --", "{\"a\"}", "\uD83D\uDE00".repeat(40_000));
    consumers().recordClaims(Map.of(consumer, names));

    for (var name : names) {
      assertEquals(List.of(consumer), consumers().claiming(Set.of(name)));
    }
  }

  @Test
  void theClaimsOfThousandsAreRecordedAtOnce() {
    var claims = new HashMap<Consumer, Set<String>>();
    for (int i = 0; i < 1_100; i++) {
      claims.put(stored(Given.activeConsumer("t", "g", i)), Set.of("file:/" + i));
    }
    consumers().recordClaims(claims);

    claims.entrySet().stream()
        .limit(20)
        .forEach(
            entry -> assertTrue(consumers().claiming(entry.getValue()).contains(entry.getKey())));
  }

  @Test
  void nothingAtAllIsRecordedWithoutComplaint() {
    var consumer = stored(Given.activeConsumer());
    consumers().recordClaims(Map.of());
    consumers().remove(consumer);

    consumers().recordClaims(Map.of(consumer, Set.of(FILE)));

    assertEquals(List.of(), consumers().claiming(Set.of(FILE)));
  }
}
