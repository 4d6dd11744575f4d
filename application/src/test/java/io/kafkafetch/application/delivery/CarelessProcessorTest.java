package io.kafkafetch.application.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.Redaction;
import io.kafkafetch.domain.processor.SourcePartition;
import io.kafkafetch.domain.processor.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A processor that quotes its configuration in everything it says, as drivers do. */
class CarelessProcessorTest {
  private static final ConfigSchema SCHEMA =
      ConfigSchema.of(
          ConfigField.required("dsn", new FieldType.Text(200), "where to")
              .secret(Redaction.URL_PASSWORD),
          ConfigField.required("key", new FieldType.Text(200), "signs").secret(Redaction.WHOLE),
          ConfigField.required("headers", new FieldType.Texts(9, 200), "sent along")
              .secret(Redaction.HEADER_VALUES));
  private static final ProcessorConfig CONFIG =
      new ProcessorConfig(
          Map.of(
              "dsn", "db://ann:s%40same@host/x?token=t0ken",
              "key", "whsec_one whsec_two",
              "headers", Map.of("Authorization", "Bearer open-up", "Accept", "text/plain")));

  /** Every secret, as it was given and as a driver may have taken it apart. */
  private static final String EVERYTHING =
      "ann/s%40same/s@same/t0ken/whsec_one whsec_two/whsec_two/Bearer open-up/open-up/text/plain";

  private static final String HIDDEN = "ann/***/***/***/***/***/***/***/text/plain";

  private static final class Careless implements ProcessorFactory {
    /** Set by a test, for one that cannot even be made. */
    private boolean refusesToOpen;

    @Override
    public String type() {
      return "careless";
    }

    @Override
    public String description() {
      return "Quotes its secrets.";
    }

    @Override
    public ConfigSchema schema() {
      return SCHEMA;
    }

    @Override
    public List<Violation> validate(ProcessorPlan plan) {
      return plan.config().text("key").equals("resolved-to-nonsense")
          ? List.of(new Violation("key", "is no key: " + plan.config().text("key")))
          : List.of();
    }

    @Override
    public Processor open(ProcessorContext context) {
      return new Processor() {
        @Override
        public Opening open(SourcePartition partition) {
          return refusesToOpen
              ? new Opening.Refused(new Cause.Fatal(EVERYTHING))
              : new Opening.Opened(new Sink());
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }
  }

  private static final class Sink implements PartitionSink {
    @Override
    public Optional<Progress> remembered() {
      return Optional.empty();
    }

    @Override
    public void begin(Progress start) {
      throw new IllegalStateException("not asked to");
    }

    @Override
    public Outcome deliver(RecordBatch batch) {
      return Outcome.stopped(3, new Cause.Poison(EVERYTHING, 7));
    }

    @Override
    public Outcome redeliver(RecordBatch batch) {
      throw new IllegalArgumentException("Refused", new IllegalStateException(EVERYTHING));
    }

    @Override
    public Optional<Cause> flush() {
      return Optional.of(new Cause.Transient(EVERYTHING));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private final Careless careless = new Careless();

  private Opening opened(ProcessorConfig config, SecretReferences references) {
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(List.of(careless)),
            references,
            _ -> Optional.empty(),
            new ProcessorEnvironment(Map.of(), InstantSource.system()),
            () -> 0.5);
    var member =
        new MemberSpec(Given.newId(), 1, 0, new ServerId("a"), Given.spec("orders", "billing"));
    var wanted =
        new ProcessorSpec(Given.newId().value(), "careless", config, Given.NOON, Given.NOON);
    return engine.openAlone(member, wanted).open(GivenDelivery.SOURCE);
  }

  private PartitionSink sink() {
    return assertInstanceOf(Opening.Opened.class, opened(CONFIG, SecretReferences.none())).sink();
  }

  @Test
  void tellsNoneOfItInAReasonWhateverKindItIs() {
    assertEquals(
        Outcome.stopped(3, new Cause.Poison(HIDDEN, 7)),
        sink().deliver(GivenDelivery.batch(0, 10)));
    assertEquals(Optional.of(new Cause.Transient(HIDDEN)), sink().flush());
    careless.refusesToOpen = true;
    assertEquals(
        new Opening.Refused(new Cause.Fatal(HIDDEN)), opened(CONFIG, SecretReferences.none()));
  }

  /** Without the containment around it, which would log what is thrown and answer in its place. */
  private PartitionSink discreetSink() {
    var context =
        new ProcessorContext(
            "consumer",
            "processor",
            "billing",
            CONFIG,
            new ProcessorEnvironment(Map.of(), InstantSource.system()));
    var processor = new DiscreetProcessor(careless.open(context), SecretTexts.of(CONFIG, SCHEMA));
    return assertInstanceOf(Opening.Opened.class, processor.open(GivenDelivery.SOURCE)).sink();
  }

  @Test
  void tellsNoneOfItInADefectThatIsLogged() {
    var thrown =
        assertThrows(
            RuntimeException.class, () -> discreetSink().redeliver(GivenDelivery.batch(0, 1)));

    assertEquals("java.lang.IllegalArgumentException: Refused", thrown.getMessage());
    assertNull(thrown.getCause());
    assertEquals("redeliver", thrown.getStackTrace()[0].getMethodName());
  }

  @Test
  void keepsADefectThatTellsNothing() {
    var thrown =
        assertThrows(IllegalStateException.class, () -> discreetSink().begin(new Progress(0, 0)));

    assertEquals("not asked to", thrown.getMessage());
  }

  @Test
  void isNotOpenedWithWhatAReferenceTurnsOutToBe() {
    SecretReferences references =
        config ->
            new SecretReferences.Resolution.Resolved(config.with("key", "resolved-to-nonsense"));

    var refused = assertInstanceOf(Opening.Refused.class, opened(CONFIG, references));

    assertTrue(
        refused.cause().reason().endsWith("cannot be used: key is no key: ***"),
        refused.cause().reason());
  }
}
