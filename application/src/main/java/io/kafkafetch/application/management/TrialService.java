package io.kafkafetch.application.management;

import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Looks at all that a consumer needs, at once and within a bounded time. */
final class TrialService implements ConsumerTrial {
  /** Each asks a broker and several sinks that a caller names. */
  private static final int AT_ONCE = 16;

  private final Revisions revisions;
  private final SpecReader specs;
  private final LiveViews views;
  private final SourceCheck source;
  private final SinkChecks sinks;
  private final Semaphore running = new Semaphore(AT_ONCE);

  TrialService(
      DrivenPorts ports,
      Revisions revisions,
      SpecReader specs,
      LiveViews views,
      ProcessorTypes types) {
    this.revisions = revisions;
    this.specs = specs;
    this.views = views;
    source = new SourceCheck(ports.broker().groups());
    sinks = new SinkChecks(types, ports.secrets(), ports.environment());
  }

  @Override
  public Findings ofNew(ConsumerDraft draft) {
    return findings(new ConsumerId(UUID.randomUUID()), draft, Optional.empty());
  }

  @Override
  public Findings ofChange(String id, ConsumerDraft draft, OptionalLong expectedRevision) {
    var current = revisions.find(id, expectedRevision);
    return findings(current.id(), draft, Optional.of(current.spec()));
  }

  private Findings findings(ConsumerId id, ConsumerDraft draft, Optional<ConsumerSpec> current) {
    if (!running.tryAcquire()) {
      throw new Refusal.TooMany("Too many dry runs at once", Duration.ofSeconds(2));
    }
    try {
      var spec = specs.read(id, draft, current, views.now());
      var checks = new ArrayList<Check>();
      checks.add(new Check("spec", true, "Every field is valid"));
      checks.addAll(looked(spec));
      return new Findings(checks);
    } catch (Refusal.Invalid invalid) {
      if (!draft.misread().isEmpty()) {
        throw invalid;
      }
      return new Findings(
          invalid.violations().stream()
              .map(violation ->
                  new Check("spec", false, violation.field() + " " + violation.message()))
              .toList());
    } finally {
      running.release();
    }
  }

  private List<Check> looked(ConsumerSpec spec) {
    var looks = new ArrayList<Look>();
    looks.add(new Look("broker", () -> source.look(spec)));
    for (int i = 0; i < spec.processors().size(); i++) {
      var processor = spec.processors().get(i);
      var name = "processor_configs[" + i + "]";
      looks.add(new Look(name, () -> sinks.look(name, spec, processor)));
    }
    return Look.all(looks);
  }
}
