package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.NOTHING;
import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.mailer;
import static io.kafkafetch.application.management.GivenService.processorsOnly;
import static io.kafkafetch.application.management.GivenService.tasks;
import static io.kafkafetch.application.management.GivenService.violations;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsumerProcessorsTest extends ServiceCalls {
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
}
