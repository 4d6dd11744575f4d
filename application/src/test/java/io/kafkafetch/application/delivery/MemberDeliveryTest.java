package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.contract.RecordingSinks;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MemberDeliveryTest {
  private static Function<String, Optional<Cause>> refusing(Set<String> values, Cause cause) {
    return given -> values.contains(given) ? Optional.of(cause) : Optional.empty();
  }

  @Test
  void whatHappensIsCountedPerProcessor() {
    var given = new GivenDelivery(processor("good"), processor("bad")).begunAt(0);
    given.sink("bad").refusal = refusing(Set.of("3", "7"), new Cause.Poison("not that one"));

    given.deliver(0, 10);

    var reports = given.member.processors();
    assertEquals(10, reports.get(0).delivered());
    assertEquals(1, reports.get(0).batches());
    assertEquals(0, reports.get(0).failed());
    assertEquals(8, reports.get(1).delivered());
    assertEquals(2, reports.get(1).failed());
    assertEquals(2, reports.get(1).deadLettered());
    assertEquals(3, reports.get(1).batches());
    assertEquals(0, reports.get(1).retried());
    assertEquals(10, given.member.processed());
    assertEquals(
        Optional.of(Given.NOON.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)),
        given.member.lastProgressAt());
  }

  @Test
  void aRetryIsCountedOnce() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    given.sink("sink").refusal = refusing(Set.of("0"), new Cause.Transient("busy"));
    var step = given.delivering(GivenDelivery.batch(0, 10));
    given.awaitFailures(1);
    assertEquals(Optional.empty(), given.member.lastProgressAt());

    given.sink("sink").mend();
    given.pass(java.time.Duration.ofSeconds(1));
    GivenDelivery.result(step);
    given.deliver(10, 20);

    var report = given.member.processors().getFirst();
    assertEquals(1, report.retried());
    assertEquals(1, report.failed());
  }

  @Test
  void aLetterSaysWhoseRecordItIsAndWhyItWasRefused() {
    var sink = processor("sink");
    var given = new GivenDelivery(sink).begunAt(0);
    given.sink("sink").refusal = refusing(Set.of("3"), new Cause.Poison("not that one"));

    given.deliver(0, 10);

    var letter = given.letters.getFirst();
    assertEquals("orders.billing.dead-letter", letter.topic());
    assertEquals("billing", letter.group());
    assertEquals(sink.id().toString(), letter.processorId());
    assertEquals("recording", letter.processorType());
    assertEquals("not that one", letter.reason());
    assertEquals(3, letter.batch().offset(letter.index()));
    assertEquals(GivenDelivery.SOURCE, letter.batch().source());
    assertEquals(Given.NOON, letter.at());
  }

  @Test
  void aTypeThatIsNotInstalledHaltsAndSaysSo() {
    assertEquals(
        new Begin.Halted(new Cause.Fatal("The processor type gone is not installed")),
        begin(List.of(), SecretReferences.none(), "gone"));
  }

  @Test
  void aSecretThatCannotBeResolvedHaltsAndSaysWhich() {
    SecretReferences none =
        _ -> new SecretReferences.Resolution.Unresolved("There is no ${env:PASSWORD}");

    assertEquals(
        new Begin.Halted(new Cause.Fatal("There is no ${env:PASSWORD}")),
        begin(List.of(new RecordingSinks()), none, "recording"));
  }

  @Test
  void aProcessorThatThrowsWhenItIsMadeHaltsItsOwnConsumer() {
    var throwing =
        new BrokenSinks() {
          @Override
          public Processor open(ProcessorContext context) {
            throw new NoClassDefFoundError("org/example/Missing");
          }
        };

    var begin = begin(List.of(throwing), SecretReferences.none(), "broken");

    var halted = assertInstanceOf(Begin.Halted.class, begin);
    assertTrue(halted.cause().reason().contains("broken"), halted.cause().reason());
  }

  @Test
  void twoTypesOfOneNameAreRefused() {
    var types = List.of(new RecordingSinks(), new RecordingSinks());

    assertThrows(IllegalArgumentException.class, () -> new ProcessorTypes(types));
  }

  private static Begin begin(
      List<? extends ProcessorFactory> installed, SecretReferences secrets, String type) {
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(installed),
            secrets,
            _ -> Optional.empty(),
            new ProcessorEnvironment(Map.of(), InstantSource.system()),
            () -> 0.5);
    var plain = Given.spec("orders", "billing");
    var wanted =
        new ProcessorSpec(
            Given.newId().value(), type, ProcessorConfig.empty(), Given.NOON, Given.NOON);
    var spec =
        new ConsumerSpec(
            plain.cluster(),
            plain.topic(),
            plain.group(),
            List.of(wanted),
            1,
            plain.offsetReset(),
            plain.delivery());
    try (var member = engine.open(new MemberSpec(Given.newId(), 1, 0, new ServerId("a"), spec));
        var partition = member.partition(GivenDelivery.SOURCE)) {
      return partition.begin(new CommittedOffset(0, ""));
    }
  }
}
