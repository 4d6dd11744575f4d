package io.kafkafetch.application.management;

import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.delivery.DeliveryCounts;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerInsight;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.application.fleet.Reconciler;
import java.util.UUID;

/** The conversations around managed consumers, over what they share. */
public final class Management {
  private final ConsumerService consumers;
  private final HistoryService history;
  private final TrialService trial;
  private final InsightService insight;
  private final ActivityService activity;

  /**
   * The use cases over these ports.
   *
   * @param deliveries what this server's members count together
   */
  public Management(
      DrivenPorts ports, ProcessorTypes types, Reconciler reconciler, DeliveryCounts deliveries) {
    var stored = ports.storage().consumers();
    var revisions = new Revisions(stored);
    var claims = new ResourceClaims(stored, types, ports.environment());
    var specs =
        new SpecReader(new ProcessorsReader(types, ports.environment(), UUID::randomUUID), claims);
    var views = new LiveViews(ports, types, reconciler);
    consumers = new ConsumerService(stored, revisions, specs, claims, views);
    history = new HistoryService(stored, revisions, specs, claims, views, types);
    trial = new TrialService(ports, revisions, specs, views, types);
    insight = new InsightService(revisions, views, reconciler);
    activity = new ActivityService(reconciler, deliveries, ports.broker().records());
  }

  /** Making, changing and running them. */
  public ConsumerManagement consumers() {
    return consumers;
  }

  /** What they were before. */
  public ConsumerHistory history() {
    return history;
  }

  /** How they get on. */
  public ConsumerInsight insight() {
    return insight;
  }

  /** What this server does, in numbers. */
  public ServerActivity activity() {
    return activity;
  }

  /** Trying before doing. */
  public ConsumerTrial trial() {
    return trial;
  }
}
