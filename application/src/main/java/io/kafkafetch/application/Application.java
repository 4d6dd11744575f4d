package io.kafkafetch.application;

import io.kafkafetch.application.deadletters.DeadLetterService;
import io.kafkafetch.application.deadletters.RedriveTools;
import io.kafkafetch.application.delivery.DeliveryEngine;
import io.kafkafetch.application.delivery.ProcessorTypes;
import io.kafkafetch.application.driving.ConsumerHistory;
import io.kafkafetch.application.driving.ConsumerInsight;
import io.kafkafetch.application.driving.ConsumerManagement;
import io.kafkafetch.application.driving.ConsumerOffsets;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.Consuming;
import io.kafkafetch.application.driving.DeadLetterManagement;
import io.kafkafetch.application.driving.GroupMonitoring;
import io.kafkafetch.application.driving.Ownership;
import io.kafkafetch.application.driving.ProcessorCatalog;
import io.kafkafetch.application.driving.Producing;
import io.kafkafetch.application.driving.ServerActivity;
import io.kafkafetch.application.driving.ServerHealth;
import io.kafkafetch.application.driving.TopicBrowsing;
import io.kafkafetch.application.fleet.FleetView;
import io.kafkafetch.application.fleet.Reconciler;
import io.kafkafetch.application.groups.GroupService;
import io.kafkafetch.application.management.Management;
import io.kafkafetch.application.offsets.OffsetService;
import io.kafkafetch.application.producing.ProducingService;
import io.kafkafetch.application.sessions.SessionService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The whole engine over its driven ports: management, delivery, fleet. The server and embedders use
 * the same door. Several may live in one JVM.
 */
public final class Application implements AutoCloseable {
  private final DrivenPorts ports;
  private final ProcessorTypes types;
  private final FleetView fleet;
  private final Reconciler reconciler;
  private final Management management;
  private final SessionService sessions;
  private final Producing producing;
  private final GroupMonitoring groups;
  private final ConsumerOffsets offsets;
  private final DeadLetterService deadLetters;

  private Application(DrivenPorts ports) {
    this.ports = ports;
    types = new ProcessorTypes(ports.processors());
    var engine =
        new DeliveryEngine(
            types,
            ports.secrets(),
            ports.broker().deadLetters(),
            ports.environment(),
            () -> ThreadLocalRandom.current().nextDouble());
    fleet = new FleetView(ports.self(), () -> ports.storage().fleet(), ports.environment().clock());
    reconciler = new Reconciler(ports, engine, fleet);
    management = new Management(ports, types, reconciler, engine.counts());
    deadLetters =
        new DeadLetterService(
            new RedriveTools(
                ports.storage().consumers(),
                ports.storage().redrives(),
                ports.broker().deadLetterTopics(),
                ports.broker().deadLetters(),
                engine,
                ports.self().id(),
                ports.environment().clock(),
                () -> ThreadLocalRandom.current().nextDouble()));
    sessions =
        new SessionService(
            ports.broker().sessions(),
            ports.sessionLimits(),
            fleet.sessionPrefix(),
            ports.environment().clock());
    groups =
        new GroupService(
            ports.broker().groups(),
            ports.storage().consumers(),
            ports.broker().ownCluster(),
            ports.environment().clock());
    offsets = new OffsetService(ports.storage().consumers(), ports.broker().groups());
    producing = new ProducingService(ports.broker().records(), ports.environment().clock());
  }

  /** An application over these ports. Nothing runs before {@link #start()}. */
  public static Application over(DrivenPorts ports) {
    return new Application(ports);
  }

  /** Begins to run what is wanted, and shares the work with the other servers. */
  public Application start() {
    reconciler.start();
    sessions.start();
    return this;
  }

  /** Managing consumers. */
  public ConsumerManagement consumers() {
    return management.consumers();
  }

  /** What consumers were before. */
  public ConsumerHistory history() {
    return management.history();
  }

  /** How consumers get on. */
  public ConsumerInsight insight() {
    return management.insight();
  }

  /** What this server does, in numbers. */
  public ServerActivity activity() {
    return management.activity();
  }

  /** Trying a consumer before making or changing it. */
  public ConsumerTrial trial() {
    return management.trial();
  }

  /** Consumers that live between requests. */
  public ConsumerSessions sessions() {
    return sessions;
  }

  /** Which server has what lives on one server only. */
  public Ownership ownership() {
    return fleet;
  }

  /** Groups and lag. */
  public GroupMonitoring groups() {
    return groups;
  }

  /** Where consumers are in their topics, and moving them. */
  public ConsumerOffsets offsets() {
    return offsets;
  }

  /** Records that processors refused. */
  public DeadLetterManagement deadLetters() {
    return deadLetters;
  }

  /** Reading as a member of a group. */
  public Consuming consuming() {
    return ports.broker().lender()::lend;
  }

  /** Looking into topics. */
  public TopicBrowsing topics() {
    return ports.broker().topics();
  }

  /** Writing records. */
  public Producing producing() {
    return producing;
  }

  /** The installed types of processors. */
  public ProcessorCatalog processors() {
    return () ->
        types.all().stream()
            .map(factory ->
                new ProcessorCatalog.ProcessorType(
                    factory.type(), factory.description(), factory.schema()))
            .toList();
  }

  /** How this server is. */
  public ServerHealth health() {
    return new ServerHealth() {
      @Override
      public boolean kafkaConnected() {
        return ports.broker().isReachable();
      }

      @Override
      public boolean databaseConnected() {
        return ports.storage().isReachable();
      }
    };
  }

  /**
   * Lets all members go, what they delivered being committed, then closes the ports. Takes at most
   * some 20 s.
   */
  @Override
  public void close() {
    sessions.beginClose();
    deadLetters.close();
    reconciler.close();
    sessions.close();
    ports.broker().close();
    ports.storage().close();
  }
}
