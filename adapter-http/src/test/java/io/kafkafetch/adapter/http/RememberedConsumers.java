package io.kafkafetch.adapter.http;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.Page;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.GroupId;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Consumer management that keeps its promises as long as the process lives, and runs nothing. */
final class RememberedConsumers implements ConsumerManagement {
  private final Map<ConsumerId, Consumer> consumers = new LinkedHashMap<>();
  private final Map<ConsumerId, Trouble> troubles = new LinkedHashMap<>();
  private final Map<String, ConfigSchema> types;
  private final InstantSource clock;

  RememberedConsumers(Map<String, ConfigSchema> types, InstantSource clock) {
    this.types = types;
    this.clock = clock;
  }

  /** As if a run had found something. */
  synchronized void change(String id, UnaryOperator<Consumer> change) {
    consumers.computeIfPresent(ConsumerId.parse(id).orElseThrow(), (_, old) -> change.apply(old));
  }

  /** As if a run went badly. */
  synchronized void trouble(String id, Trouble trouble) {
    troubles.put(ConsumerId.parse(id).orElseThrow(), trouble);
  }

  @Override
  public synchronized ConsumerView create(ConsumerDraft draft) {
    var now = clock.instant();
    var violations = new ArrayList<Violation>();
    if (draft.bootstrapServers().isEmpty() && draft.brokerHost().isEmpty()) {
      violations.add(new Violation("broker_ip", "is required, or else bootstrap_servers"));
    }
    if (draft.topic().isEmpty()) {
      violations.add(new Violation("topic", "is required"));
    }
    if (draft.group().isEmpty()) {
      violations.add(new Violation("consumer_group", "is required"));
    }
    var processors = processors(draft.processors().orElse(List.of()), List.of(), now, violations);
    check(draft, violations);
    refuseIfAny(violations);
    var spec =
        new ConsumerSpec(
            cluster(draft, Optional.empty()),
            new TopicName(draft.topic().orElseThrow()),
            new GroupId(draft.group().orElseThrow()),
            processors,
            (int) draft.tasksMax().orElse(1),
            draft.offsetReset().flatMap(OffsetReset::parse).orElse(OffsetReset.EARLIEST),
            DeliveryPolicy.DEFAULT);
    var id = new ConsumerId(UUID.randomUUID());
    consumers.put(id, Consumer.create(id, spec, draft.autoStart().orElse(false), now));
    return view(id);
  }

  @Override
  public synchronized ConsumerView get(String id) {
    return view(idOf(id));
  }

  @Override
  public synchronized Page<ConsumerView> list(ConsumerFilter filter) {
    filter
        .status()
        .filter(status -> !List.of("ACTIVE", "INACTIVE", "ERROR").contains(status))
        .ifPresent(_ -> {
          throw new Refusal.Invalid("status", "must be ACTIVE, INACTIVE or ERROR");
        });
    var matching =
        consumers.values().stream()
            .filter(c -> filter.status().map(c.state().label()::equals).orElse(true))
            .filter(c -> filter.topic().map(c.spec().topic().value()::equals).orElse(true))
            .filter(c -> filter.group().map(c.spec().group().value()::equals).orElse(true))
            .map(Consumer::id)
            .toList();
    int from = filter.cursor().map(Integer::parseInt).orElse(0);
    int to = Math.min(matching.size(), from + filter.limit().orElse(matching.size()));
    return new Page<>(
        matching.subList(Math.min(from, to), to).stream().map(this::view).toList(),
        to < matching.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  @Override
  public synchronized ConsumerView update(
      String id, ConsumerDraft draft, OptionalLong expectedRevision) {
    var old = expected(id, expectedRevision);
    var spec = old.spec();
    var now = clock.instant();
    var violations = new ArrayList<Violation>();
    check(draft, violations);
    var processors =
        draft
            .processors()
            .map(drafts -> processors(drafts, spec.processors(), now, violations))
            .orElse(spec.processors());
    refuseIfAny(violations);
    var wanted =
        new ConsumerSpec(
            cluster(draft, Optional.of(spec.cluster())),
            draft.topic().map(TopicName::new).orElse(spec.topic()),
            draft.group().map(GroupId::new).orElse(spec.group()),
            processors,
            (int) draft.tasksMax().orElse(spec.tasksMax()),
            draft.offsetReset().flatMap(OffsetReset::parse).orElse(spec.offsetReset()),
            spec.delivery());
    consumers.put(old.id(), old.update(wanted, now));
    return view(old.id());
  }

  @Override
  public synchronized ConsumerView start(String id, OptionalLong expectedRevision) {
    var old = expected(id, expectedRevision);
    consumers.put(old.id(), old.start(clock.instant()));
    return view(old.id());
  }

  @Override
  public synchronized ConsumerView stop(String id, OptionalLong expectedRevision) {
    var old = expected(id, expectedRevision);
    consumers.put(old.id(), old.stop(clock.instant()));
    return view(old.id());
  }

  @Override
  public synchronized void delete(String id, OptionalLong expectedRevision) {
    consumers.remove(expected(id, expectedRevision).id());
  }

  private Consumer expected(String id, OptionalLong revision) {
    var consumer = stored(idOf(id));
    if (revision.isPresent() && revision.getAsLong() != consumer.revision()) {
      throw new Refusal.StaleRevision(
          "Consumer " + id + " is at revision " + consumer.revision() + " by now");
    }
    return consumer;
  }

  private Consumer stored(ConsumerId id) {
    return Optional.ofNullable(consumers.get(id)).orElseThrow();
  }

  private ConsumerId idOf(String id) {
    return ConsumerId.parse(id)
        .filter(consumers::containsKey)
        .orElseThrow(() -> new Refusal.NotFound("Consumer " + id + " not found"));
  }

  private ConsumerView view(ConsumerId id) {
    return new ConsumerView(
        stored(id),
        Optional.ofNullable(troubles.get(id)),
        troubles.containsKey(id),
        Optional.empty(),
        Optional.empty());
  }

  private static void check(ConsumerDraft draft, List<Violation> violations) {
    draft
        .brokerPort()
        .ifPresent(port ->
            BrokerAddress.portViolation(port)
                .ifPresent(message -> violations.add(new Violation("broker_port", message))));
    draft
        .topic()
        .flatMap(TopicName::violation)
        .ifPresent(message -> violations.add(new Violation("topic", message)));
  }

  private List<ProcessorSpec> processors(
      List<ProcessorDraft> drafts,
      List<ProcessorSpec> old,
      Instant now,
      List<Violation> violations) {
    var specs = new ArrayList<ProcessorSpec>();
    for (int i = 0; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var at = "processor_configs[" + i + "]";
      var schema = types.get(draft.type());
      if (schema == null) {
        violations.add(
            new Violation(
                at + ".processor_type",
                "must be one of " + String.join(", ", types.keySet().stream().sorted().toList())));
      } else {
        schema.validate(draft.config()).forEach(v -> violations.add(v.within(at + ".config")));
      }
      var spec = new ProcessorSpec(UUID.randomUUID(), draft.type(), draft.config(), now, now);
      specs.add(old.stream().filter(spec::sameWorkAs).findFirst().orElse(spec));
    }
    return specs;
  }

  private static ClusterAddress cluster(ConsumerDraft draft, Optional<ClusterAddress> old) {
    var config =
        draft.clientConfig().or(() -> old.map(ClusterAddress::clientConfig)).orElse(Map.of());
    if (draft.brokerHost().isPresent() || draft.brokerPort().isPresent()) {
      var before = old.map(address -> address.bootstrapServers().getFirst());
      return new ClusterAddress(
          List.of(
              new BrokerAddress(
                  draft.brokerHost().or(() -> before.map(BrokerAddress::host)).orElseThrow(),
                  (int) draft.brokerPort().orElse(before.map(BrokerAddress::port).orElse(9092)))),
          config);
    }
    var servers =
        draft
            .bootstrapServers()
            .map(all -> all.stream().map(s -> BrokerAddress.parse(s).orElseThrow()).toList())
            .or(() -> old.map(ClusterAddress::bootstrapServers))
            .orElseThrow();
    return new ClusterAddress(servers, config);
  }

  private static void refuseIfAny(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new Refusal.Invalid(violations);
    }
  }
}
