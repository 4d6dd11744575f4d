package io.kafkafetch.application.management;

import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.contract.SettableClock;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.memory.InMemoryBroker;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.processor.ConfigField;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.FieldType;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Redaction;
import io.kafkafetch.domain.processor.ResourceClaim;
import io.kafkafetch.domain.processor.Violation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The use cases over memory; nothing runs, since only what is wanted is looked at. */
final class GivenService {
  static final ConsumerDraft NOTHING =
      new ConsumerDraft(
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty());

  final SettableClock clock = new SettableClock(Given.NOON);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  private final Application application =
      Application.over(
          new DrivenPorts(
              storage,
              new InMemoryBroker(clock),
              List.of(new Mailer()),
              new ProcessorEnvironment(Map.of(), clock),
              SecretReferences.none(),
              new FleetServer(new ServerId("test"), "test:1")));
  final ConsumerManagement consumers = application.consumers();
  final ConsumerHistory history = application.history();
  final ConsumerTrial trial = application.trial();

  static ConsumerDraft draft(String topic, String group, ProcessorDraft... processors) {
    return new ConsumerDraft(
        Optional.of("localhost"),
        OptionalLong.of(9092),
        Optional.empty(),
        Optional.empty(),
        Optional.of(topic),
        Optional.of(group),
        Optional.empty(),
        Optional.of(List.of(processors)),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ConsumerDraft tasks(ConsumerDraft draft, long tasks) {
    return new ConsumerDraft(
        draft.brokerHost(),
        draft.brokerPort(),
        draft.bootstrapServers(),
        draft.clientConfig(),
        draft.topic(),
        draft.group(),
        draft.autoStart(),
        draft.processors(),
        OptionalLong.of(tasks),
        draft.offsetReset(),
        draft.delivery());
  }

  static ConsumerDraft delivery(ConsumerDraft draft, DeliveryDraft delivery) {
    return new ConsumerDraft(
        draft.brokerHost(),
        draft.brokerPort(),
        draft.bootstrapServers(),
        draft.clientConfig(),
        draft.topic(),
        draft.group(),
        draft.autoStart(),
        draft.processors(),
        draft.tasksMax(),
        draft.offsetReset(),
        Optional.of(delivery));
  }

  static ConsumerDraft topicOnly(String topic) {
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(topic),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ConsumerDraft processorsOnly(ProcessorDraft... processors) {
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of(processors)),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ProcessorDraft mailer(Object... keysAndValues) {
    var config = ProcessorConfig.empty();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config = config.with((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ProcessorDraft("mailer", config);
  }

  /** {@code field: message} of everything that is wrong. */
  static List<String> violations(Refusal.Invalid invalid) {
    return invalid.violations().stream().map(v -> v.field() + ": " + v.message()).toList();
  }

  /** A type of processor with every kind of secret. It is never opened here. */
  static final class Mailer implements ProcessorFactory {
    static final ConfigSchema SCHEMA =
        ConfigSchema.of(
            ConfigField.required("url", new FieldType.Text(500), "where to")
                .secret(Redaction.URL_PASSWORD),
            ConfigField.optional("key", new FieldType.Text(100), "signs").secret(Redaction.WHOLE),
            ConfigField.optional("headers", new FieldType.Texts(10, 100), "sent along")
                .secret(Redaction.HEADER_VALUES),
            ConfigField.optional("box", new FieldType.Text(100), "a box of one's own"),
            ConfigField.optional("size", new FieldType.Whole(1, 9), "how large"));

    @Override
    public String type() {
      return "mailer";
    }

    @Override
    public String description() {
      return "Has secrets.";
    }

    @Override
    public ConfigSchema schema() {
      return SCHEMA;
    }

    @Override
    public List<Violation> validate(ProcessorPlan plan) {
      boolean alone = plan.config().optionalText("box").isPresent();
      return alone && plan.tasksMax() > 1
          ? List.of(new Violation("box", "must be absent where tasks_max is above 1"))
          : List.of();
    }

    @Override
    public List<ResourceClaim> claims(ProcessorPlan plan) {
      if (plan.config().optionalText("box").equals(Optional.of("throws"))) {
        throw new IllegalStateException("This type cannot tell what it claims");
      }
      return plan.config().optionalText("box").stream()
          .map(box -> new ResourceClaim("box:" + box, true))
          .toList();
    }

    @Override
    public String destination(ProcessorConfig config) {
      return String.valueOf(URI.create(config.text("url")).getHost());
    }

    @Override
    public Processor open(ProcessorContext context) {
      throw new IllegalStateException("Nothing runs in these tests");
    }
  }
}
