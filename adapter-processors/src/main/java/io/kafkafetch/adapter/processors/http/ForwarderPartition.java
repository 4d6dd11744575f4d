package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.PartitionSink;
import io.kafkafetch.domain.processor.Progress;
import io.kafkafetch.domain.processor.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partition's records on their way to the endpoint. */
final class ForwarderPartition implements PartitionSink {
  private static final Logger LOG = LoggerFactory.getLogger(ForwarderPartition.class);

  private final ForwarderSettings settings;
  private final RequestComposer composer;
  private final RequestSender sender;
  private final Unfinished unfinished = new Unfinished();

  ForwarderPartition(ForwarderSettings settings, RequestComposer composer, RequestSender sender) {
    this.settings = settings;
    this.composer = composer;
    this.sender = sender;
  }

  /** The other side knows, but there is no way to ask it. */
  @Override
  public Optional<Progress> remembered() {
    return Optional.empty();
  }

  @Override
  public void begin(Progress start) {
    unfinished.clear();
  }

  @Override
  public Outcome deliver(RecordBatch batch) {
    unfinished.passed(batch.offset(0));
    return deliver(batch, unfinished);
  }

  /** What was delivered before says nothing about a record that somebody wants delivered again. */
  @Override
  public Outcome redeliver(RecordBatch batch) {
    return deliver(batch, new Unfinished());
  }

  private Outcome deliver(RecordBatch batch, Unfinished memory) {
    return settings.maxInFlight() == 1 ? inOrder(batch, memory) : inParallel(batch, memory);
  }

  private Outcome inOrder(RecordBatch batch, Unfinished memory) {
    var composition = new Composition(settings, memory);
    for (var unit = composition.next(batch, 0);
        unit != null;
        unit = composition.next(batch, unit.to())) {
      var cause = send(batch, unit);
      if (cause.isPresent()) {
        remember(batch, unit, cause.get(), memory);
        return Outcome.stopped(unit.from(), cause.get());
      }
      memory.settled(batch, unit);
    }
    return Outcome.DELIVERED;
  }

  private Outcome inParallel(RecordBatch batch, Unfinished memory) {
    var composition = new Composition(settings, memory);
    var units = new ArrayList<Unit>();
    for (var unit = composition.next(batch, 0);
        unit != null;
        unit = composition.next(batch, unit.to())) {
      units.add(unit);
    }
    if (units.isEmpty()) {
      return Outcome.DELIVERED;
    }
    var run = new UnitQueue(units.size(), KeyOrder.among(batch, units));
    send(batch, units, run);
    int missing = run.firstMissing();
    for (int u = 0; u < units.size(); u++) {
      var cause = run.cause(u);
      if (cause != null) {
        remember(batch, units.get(u), cause, memory);
      } else if (run.isDelivered(u)) {
        memory.settled(batch, units.get(u));
        if (u > missing) {
          memory.deliveredBeyond(batch, units.get(u));
        }
      }
    }
    if (missing == units.size()) {
      return Outcome.DELIVERED;
    }
    var cause = run.cause(missing);
    if (cause == null) {
      throw new IllegalStateException("The first unit that is missing has no cause");
    }
    return Outcome.stopped(units.get(missing).from(), cause);
  }

  private void send(RecordBatch batch, List<Unit> units, UnitQueue queue) {
    var origin = settings.destination().origin();
    if (units.size() > 1 && !origin.secure()) {
      var requests = new BatchRequests(batch, units, composer, origin);
      try (var run = LaneRun.of(sender, queue, requests, settings.maxInFlight())) {
        run.run();
        return;
      } catch (IOException e) {
        // Of too many open files: those who wait need none.
        LOG.warn("Sending to {} by threads that wait, for want of a selector", origin, e);
      }
    }
    new ParallelRun(queue, unit -> send(batch, units.get(unit))).run(settings.maxInFlight());
  }

  private Optional<Cause> send(RecordBatch batch, Unit unit) {
    return unit.violation().isPresent()
        ? unit.violation().map(Cause.Poison::new)
        : sender.send(composer.compose(batch, unit.from(), unit.to()), unit.records());
  }

  private static void remember(RecordBatch batch, Unit unit, Cause cause, Unfinished memory) {
    switch (cause) {
      case Cause.Transient _ -> memory.unsettled(batch, unit);
      case Cause.Poison _, Cause.Fatal _ -> memory.settled(batch, unit);
    }
  }

  /** What was answered with success is the receiver's: there is nothing here to be lost. */
  @Override
  public Optional<Cause> flush() {
    return Optional.empty();
  }

  @Override
  public void skipTo(long nextOffset) {
    unfinished.passed(nextOffset);
  }

  @Override
  public void close() {
    unfinished.clear();
  }
}
