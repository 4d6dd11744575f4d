package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.mailer;
import static io.kafkafetch.application.management.GivenService.processorsOnly;
import static io.kafkafetch.application.management.GivenService.violations;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The storage finds only what is recorded or not known, as the real one does. */
class ResourceClaimsTest extends ServiceCalls {
  private static ProcessorDraft box(String name) {
    return mailer("url", "https://h", "box", name);
  }

  private String createdWith(String topic, ProcessorDraft... processors) {
    return id(given.consumers.create(draft(topic, "g", processors)));
  }

  private List<ConsumerId> mayClaim(String resource) {
    return given.storage.consumers().claiming(Set.of(resource)).stream().map(Consumer::id).toList();
  }

  private ConsumerId idOf(String id) {
    return given.consumers.get(id).consumer().id();
  }

  private static void assertInTheWay(String holder, Runnable change) {
    var refused = assertThrows(Refusal.Invalid.class, change::run);

    assertEquals(
        List.of(
            "processor_configs[0].config: writes to box:b, which consumer "
                + holder
                + " writes to as well; one of them asks to be its only writer"),
        violations(refused));
  }

  @Test
  void aNewConsumerIsHeldAgainstWhoeverClaimsTheSame() {
    var holder = createdWith("t", box("a"), box("b"));

    assertInTheWay(holder, () -> createdWith("u", box("b")));
  }

  @Test
  void anUpdateIsHeldAgainstWhoeverClaimsTheSame() {
    var holder = createdWith("t", box("b"));
    var other = createdWith("u", box("c"));

    assertInTheWay(holder, () -> given.consumers.update(other, processorsOnly(box("b")), ANY));
  }

  @Test
  void whatAnUpdateClaimedIsHeldFromThenOnAndWhatItGaveUpIsFree() {
    var holder = createdWith("t", box("a"));
    given.consumers.update(holder, processorsOnly(box("b")), ANY);

    assertInTheWay(holder, () -> createdWith("u", box("b")));
    createdWith("u", box("a"));
  }

  @Test
  void aRollbackIsHeldAgainstWhoeverClaimsTheSameByNow() {
    var one = createdWith("t", box("b"));
    given.consumers.update(one, processorsOnly(box("a")), ANY);
    var holder = createdWith("u", box("b"));

    assertInTheWay(holder, () -> given.history.rollback(one, 1, ANY));
  }

  @Test
  void whatARollbackClaimedIsHeldFromThenOn() {
    var holder = createdWith("t", box("b"));
    given.consumers.update(holder, processorsOnly(box("a")), ANY);
    given.history.rollback(holder, 1, ANY);

    assertInTheWay(holder, () -> createdWith("u", box("b")));
    assertEquals(List.of(), mayClaim("box:a"));
  }

  @Test
  void aDryRunIsHeldAgainstWhoeverClaimsTheSame() {
    createdWith("t", box("b"));

    assertFalse(given.trial.ofNew(draft("u", "g", box("b"))).isValid());
  }

  @Test
  void startingAndStoppingGivesNothingUp() {
    var holder = createdWith("t", box("b"));
    given.consumers.start(holder, ANY);
    given.consumers.stop(holder, ANY);

    assertInTheWay(holder, () -> createdWith("u", box("b")));
    assertEquals(List.of(), mayClaim("box:a"), "what is known stays known");
  }

  @Test
  void oneThatWasStoredWithoutItsClaimsIsLookedAtAndKnownFromThenOn() {
    var spec = given.consumers.get(createdWith("t", box("b"))).consumer().spec();
    var unrecorded = Consumer.create(Given.newId(), spec, false, Given.NOON);
    given.consumers.delete(mayClaim("box:b").getFirst().toString(), ANY);
    given.storage.consumers().insert(unrecorded, "created");
    assertEquals(List.of(unrecorded.id()), mayClaim("box:a"));

    assertInTheWay(unrecorded.id().toString(), () -> createdWith("u", box("b")));

    assertEquals(List.of(), mayClaim("box:a"));
    assertInTheWay(unrecorded.id().toString(), () -> createdWith("u", box("b")));
  }

  @Test
  void oneThatClaimsNothingIsKnownToDoSo() {
    createdWith("t", mailer("url", "https://h"));
    created("u", "g");

    assertEquals(List.of(), mayClaim("box:b"));
  }

  @Test
  void oneWhoseTypeCannotTellStaysUnknown() {
    var silent = createdWith("t", box("throws"), box("c"));

    createdWith("u", box("b"));

    assertEquals(List.of(idOf(silent)), mayClaim("box:a"));
  }

  @Test
  void oneWhoseTypeIsNotInstalledStaysUnknown() {
    var foreign = Consumer.create(Given.newId(), Given.oddSpec(), false, Given.NOON);
    given.storage.consumers().insert(foreign, "created");

    createdWith("u", box("b"));

    assertEquals(List.of(foreign.id()), mayClaim("box:a"));
  }
}
