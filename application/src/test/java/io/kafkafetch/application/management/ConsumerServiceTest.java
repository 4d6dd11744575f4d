package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.NOTHING;
import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.mailer;
import static io.kafkafetch.application.management.GivenService.processorsOnly;
import static io.kafkafetch.application.management.GivenService.tasks;
import static io.kafkafetch.application.management.GivenService.topicOnly;
import static io.kafkafetch.application.management.GivenService.violations;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.Condition;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerServiceTest {
  private static final OptionalLong ANY = OptionalLong.empty();
  private final GivenService given = new GivenService();

  private String created(String topic, String group) {
    return id(given.consumers.create(draft(topic, group)));
  }

  private static String id(ConsumerView view) {
    return view.consumer().id().toString();
  }

  private ProcessorConfig stored(String id) {
    return given
        .storage
        .consumers()
        .find(given.consumers.get(id).consumer().id())
        .orElseThrow()
        .spec()
        .processors()
        .getFirst()
        .config();
  }

  // life

  @Test
  void startAndStopAreIdempotent() {
    var id = created("t", "g");

    assertEquals(2, given.consumers.start(id, ANY).consumer().revision());
    assertEquals(2, given.consumers.start(id, ANY).consumer().revision());
    assertEquals(3, given.consumers.stop(id, ANY).consumer().revision());
    assertEquals(3, given.consumers.stop(id, ANY).consumer().revision());
  }

  @Test
  void whatIsDeletedIsNotFound() {
    var id = created("t", "g");

    given.consumers.delete(id, ANY);

    assertThrows(Refusal.NotFound.class, () -> given.consumers.get(id));
    assertThrows(Refusal.NotFound.class, () -> given.consumers.delete(id, ANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "non-existent-uuid", "11111111-1111-1111-1111-111111111111"})
  void whatCannotBeAnIdIsNotFound(String id) {
    var refused = assertThrows(Refusal.NotFound.class, () -> given.consumers.get(id));

    assertEquals("Consumer " + id + " not found", refused.detail());
  }

  @Test
  void anUpdateThatChangesNothingIsNoRevision() {
    var id = created("t", "g");

    assertEquals(1, given.consumers.update(id, NOTHING, ANY).consumer().revision());
    assertEquals(1, given.consumers.update(id, draft("t", "g"), ANY).consumer().revision());
  }

  @Test
  void everyChangeSaysInAFewWordsWhatItChanged() {
    var id = created("t", "g");
    given.consumers.start(id, ANY);
    given.consumers.update(id, tasks(topicOnly("u"), 3), ANY);

    var versions = given.storage.consumers().versions(given.consumers.get(id).consumer().id(), 10);

    assertEquals(
        List.of("updated topic, tasks_max", "started", "created"),
        versions.stream().map(version -> version.change()).toList());
  }

  @Test
  void aHaltThatComesInBetweenDoesNotLoseAStop() {
    var id = created("t", "g");
    var running = given.consumers.start(id, ANY).consumer();
    given
        .storage
        .consumers()
        .replace(running, running.halt(2, Failure.fatal("no", Given.NOON)), "ERROR");

    var stopped = given.consumers.stop(id, OptionalLong.of(2));

    assertInstanceOf(ConsumerState.Inactive.class, stopped.consumer().state());
  }

  // If-Match

  @Test
  void aRevisionThatIsNotCurrentRefusesEveryChange() {
    var id = created("t", "g");
    var stale = OptionalLong.of(7);

    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.start(id, stale));
    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.stop(id, stale));
    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.update(id, NOTHING, stale));
    assertThrows(Refusal.StaleRevision.class, () -> given.consumers.delete(id, stale));
    assertEquals(1, given.consumers.get(id).consumer().revision());
  }

  @Test
  void ofThoseWhoChangeTheSameRevisionAtOnceOneWins() throws Exception {
    for (int round = 0; round < 50; round++) {
      var id = created("t" + round, "g");
      var won = new AtomicInteger();
      var stale = new AtomicInteger();
      atOnce(
          8,
          number -> {
            try {
              given.consumers.update(id, topicOnly("to-" + number), OptionalLong.of(1));
              won.incrementAndGet();
            } catch (Refusal.StaleRevision late) {
              stale.incrementAndGet();
            }
          });

      assertEquals(1, won.get());
      assertEquals(7, stale.get());
      assertEquals(2, given.consumers.get(id).consumer().revision());
    }
  }

  @Test
  void thoseWhoAskForNoRevisionAllGetThrough() throws Exception {
    var id = created("t", "g");

    atOnce(4, number -> given.consumers.update(id, tasks(NOTHING, 10 + number), ANY));

    assertEquals(5, given.consumers.get(id).consumer().revision());
  }

  private interface Numbered {
    void run(int number);
  }

  private static void atOnce(int many, Numbered what) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < many; i++) {
        int number = i;
        tasks.add(() -> {
          what.run(number);
          return null;
        });
      }
      for (var done : threads.invokeAll(tasks)) {
        try {
          done.get();
        } catch (ExecutionException failed) {
          throw new AssertionError(failed.getCause());
        }
      }
    }
  }

  // processors

  @Test
  void aProcessorThatIsEqualKeepsItsIdAndAChangedOneDoesNot() {
    var view =
        given.consumers.create(
            draft("t", "g", mailer("url", "https://h"), mailer("url", "https://i")));
    var before = view.consumer().spec().processors();
    given.clock.pass(Duration.ofHours(1));

    var after =
        given
            .consumers
            .update(
                id(view),
                processorsOnly(mailer("url", "https://j"), mailer("url", "https://h")),
                ANY)
            .consumer()
            .spec()
            .processors();

    assertEquals(before.getFirst(), after.getLast());
    assertNotEquals(before.getLast().id(), after.getFirst().id());
    assertEquals(given.clock.instant(), after.getFirst().createdAt());
  }

  @Test
  void twoEqualProcessorsAreTwo() {
    var view =
        given.consumers.create(
            draft("t", "g", mailer("url", "https://h"), mailer("url", "https://h")));

    var after =
        given
            .consumers
            .update(
                id(view),
                processorsOnly(mailer("url", "https://h"), mailer("url", "https://h")),
                ANY)
            .consumer();

    assertEquals(1, after.revision());
    assertEquals(2, after.spec().processors().stream().map(p -> p.id()).distinct().count());
  }

  @Test
  void aTaskCountThatAStoredProcessorCannotDoIsRefusedToo() {
    var id = id(given.consumers.create(draft("t", "g", mailer("url", "https://h", "box", "b"))));

    var refused =
        assertThrows(
            Refusal.Invalid.class, () -> given.consumers.update(id, tasks(NOTHING, 2), ANY));

    assertEquals(
        List.of("processor_configs[0].config.box: must be absent where tasks_max is above 1"),
        violations(refused));
  }

  @Test
  void whatAnotherConsumerWritesToAloneIsRefused() {
    var holder =
        id(given.consumers.create(draft("t", "g", mailer("url", "https://h", "box", "b"))));

    var refused =
        assertThrows(
            Refusal.Invalid.class,
            () -> given.consumers.create(draft("u", "g", mailer("url", "https://h", "box", "b"))));

    assertTrue(violations(refused).getFirst().contains("consumer " + holder));
    given.consumers.delete(holder, ANY);
    given.consumers.create(draft("u", "g", mailer("url", "https://h", "box", "b")));
  }

  // secrets

  @Test
  void secretsAreStoredButNeverShown() {
    var view =
        given.consumers.create(draft("t", "g", mailer("url", "https://a:pw@h/x", "key", "s3cret")));

    for (var shown : List.of(view, given.consumers.get(id(view)))) {
      assertTrue(!shown.toString().contains("pw@"), shown.toString());
      assertTrue(!shown.toString().contains("s3cret"), shown.toString());
    }
    assertEquals("s3cret", stored(id(view)).text("key"));
  }

  @Test
  void whatWasShownCanBeSentBackAndChangesNothing() {
    var view =
        given.consumers.create(draft("t", "g", mailer("url", "https://a:pw@h/x", "key", "s3cret")));
    var shown = view.consumer().spec().processors().getFirst();

    var after =
        given.consumers.update(
            id(view),
            processorsOnly(
                new io.kafkafetch.application.driving.ProcessorDraft(shown.type(), shown.config())),
            ANY);

    assertEquals(1, after.consumer().revision());
  }

  @Test
  void anotherPathKeepsThePasswordAndAnotherHostDoesNot() {
    var id =
        id(
            given.consumers.create(
                draft("t", "g", mailer("url", "https://a:pw@h/x", "key", "s3cret"))));

    given.consumers.update(
        id, processorsOnly(mailer("url", "https://a:***@h/y", "key", "***")), ANY);
    assertEquals("https://a:pw@h/y", stored(id).text("url"));
    assertEquals("s3cret", stored(id).text("key"));

    for (var url : List.of("https://a:***@evil/y", "https://evil/y", "https://a:new@evil/y")) {
      assertThrows(
          Refusal.Invalid.class,
          () -> given.consumers.update(id, processorsOnly(mailer("url", url, "key", "***")), ANY));
    }
  }

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
