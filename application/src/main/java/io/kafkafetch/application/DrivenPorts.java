package io.kafkafetch.application;

import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driven.Broker;
import io.kafkafetch.application.driven.FleetServer;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.application.driven.Storage;
import io.kafkafetch.application.driving.SessionLimits;
import io.kafkafetch.application.memory.InMemoryBroker;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.processor.BatchHandler;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Everything that an application needs from outside.
 *
 * @param storage what is kept; closed with the application
 * @param broker Kafka; closed with the application
 * @param processors the types of processors that consumers may use
 * @param environment what processors may know and do; also the application's clock
 * @param secrets how secret references are resolved
 * @param self this server, as the others see it
 * @param sessionLimits how many consumer sessions there may be
 */
public record DrivenPorts(
    Storage storage,
    Broker broker,
    List<ProcessorFactory> processors,
    ProcessorEnvironment environment,
    SecretReferences secrets,
    FleetServer self,
    SessionLimits sessionLimits) {
  public DrivenPorts {
    processors = List.copyOf(processors);
  }

  /** Ports with as many consumer sessions as there may be when nobody says otherwise. */
  public DrivenPorts(
      Storage storage,
      Broker broker,
      List<ProcessorFactory> processors,
      ProcessorEnvironment environment,
      SecretReferences secrets,
      FleetServer self) {
    this(storage, broker, processors, environment, secrets, self, SessionLimits.defaults());
  }

  /**
   * Everything in memory, without processors and settings, on the system's clock, and under a name
   * that no other server has: a program that embeds the application puts its own parts in their
   * place.
   */
  public static DrivenPorts inMemory() {
    var clock = InstantSource.system();
    return new DrivenPorts(
        new InMemoryStorage(clock),
        new InMemoryBroker(clock),
        List.of(),
        new ProcessorEnvironment(Map.of(), clock),
        SecretReferences.none(),
        embedded("embedded-" + UUID.randomUUID()));
  }

  /** Nobody reaches it over HTTP. */
  private static FleetServer embedded(String name) {
    return new FleetServer(new ServerId(name), "embedded");
  }

  /** The same with other storage. */
  public DrivenPorts storing(Storage other) {
    return new DrivenPorts(other, broker, processors, environment, secrets, self, sessionLimits);
  }

  /** The same with another broker. */
  public DrivenPorts running(Broker other) {
    return new DrivenPorts(storage, other, processors, environment, secrets, self, sessionLimits);
  }

  /** The same with these processors. */
  public DrivenPorts processing(Collection<? extends ProcessorFactory> others) {
    return new DrivenPorts(
        storage, broker, List.copyOf(others), environment, secrets, self, sessionLimits);
  }

  /**
   * The same with one more type of processor, made from a lambda.
   *
   * @param type the name by which consumers ask for it
   */
  public DrivenPorts handling(String type, BatchHandler handler) {
    return processing(
        Stream.concat(processors.stream(), Stream.of(new HandlerFactory(type, handler))).toList());
  }

  /**
   * The same under a name that outlives a restart, so that its members return to their groups at
   * once. No two applications that share a storage may have the same.
   */
  public DrivenPorts named(String server) {
    return new DrivenPorts(
        storage, broker, processors, environment, secrets, embedded(server), sessionLimits);
  }

  /** The same with other limits for consumer sessions. */
  public DrivenPorts limiting(SessionLimits others) {
    return new DrivenPorts(storage, broker, processors, environment, secrets, self, others);
  }
}
