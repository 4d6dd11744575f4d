package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.violations;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerListTest extends ServiceCalls {
  // lists

  @Test
  void pagesFollowEachOtherWithoutGapsOrRepeats() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 25; i++) {
      // Some are created at the same instant.
      given.clock.pass(Duration.ofMillis(i % 3 == 0 ? 1 : 0));
      ids.add(created("t" + i, "g"));
    }
    var seen = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    var sizes = new ArrayList<Integer>();
    do {
      var page = given.consumers.list(filter(OptionalInt.of(10), cursor));
      page.items().forEach(view -> seen.add(id(view)));
      sizes.add(page.items().size());
      cursor = page.nextCursor();
    } while (cursor.isPresent());

    assertEquals(List.of(10, 10, 5), sizes);
    assertEquals(25, seen.stream().distinct().count());
    assertTrue(seen.containsAll(ids));
  }

  @Test
  void aPageThatIsExactlyFullIsTheLast() {
    created("t", "g");
    created("u", "g");

    var page = given.consumers.list(filter(OptionalInt.of(2), Optional.empty()));

    assertEquals(2, page.items().size());
    assertEquals(Optional.empty(), page.nextCursor());
  }

  @Test
  void withoutALimitTheListIsComplete() {
    for (int i = 0; i < 30; i++) {
      created("t" + i, "g");
    }

    assertEquals(30, given.consumers.list(ConsumerFilter.all()).items().size());
  }

  @Test
  void filtersNarrowTheList() {
    created("t", "g");
    var other = created("u", "h");
    given.consumers.start(other, ANY);

    for (var filter :
        List.of(
            new ConsumerFilter(
                Optional.of("ACTIVE"),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty()),
            new ConsumerFilter(
                Optional.empty(),
                Optional.of("u"),
                Optional.of("h"),
                OptionalInt.empty(),
                Optional.empty()))) {
      assertEquals(
          List.of(other),
          given.consumers.list(filter).items().stream().map(ConsumerServiceTest::id).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 10_001, Integer.MAX_VALUE})
  void aLimitThatCannotBeIsRefused(int limit) {
    var filter = filter(OptionalInt.of(limit), Optional.empty());

    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.list(filter));

    assertEquals(List.of("limit: must be a whole number from 1 to 10000"), violations(refused));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "bm9uc2Vuc2U", "MjAyNi0xMS0wNVQxMjowMDowMFo", "MjAyNiB4"})
  void aCursorThatNobodyGaveIsRefused(String cursor) {
    var filter = filter(OptionalInt.empty(), Optional.of(cursor));

    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.list(filter));

    assertEquals("cursor", refused.violations().getFirst().field());
  }

  private static ConsumerFilter filter(OptionalInt limit, Optional<String> cursor) {
    return new ConsumerFilter(Optional.empty(), Optional.empty(), Optional.empty(), limit, cursor);
  }
}
