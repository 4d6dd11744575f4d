package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;

/** The broker's configuration: one node that is broker and controller, on loopback only. */
final class BrokerProperties {
  /** The listener that clients use. */
  static final String CLIENT = "CLIENT";

  private static final String ON_LOOPBACK = "%s://" + LoopbackPort.HOST + ":%d";

  private BrokerProperties() {}

  static void write(Path file, EmbeddedKafkaSettings settings, Path data, int port) {
    var properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    listeners(properties, settings, port);
    properties.setProperty("log.dirs", data.toString());
    singleNode(properties);
    properties.putAll(settings.brokerProperties());
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Written at each start");
    } catch (IOException e) {
      throw new EmbeddedException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void listeners(Properties properties, EmbeddedKafkaSettings settings, int port) {
    // The broker talks to itself too (transaction markers, coordinators): apart from the clients'
    // listener, so that their security settings or a proxy in between do not concern it.
    int internal = LoopbackPort.anyFree();
    int controller = LoopbackPort.anyFree();
    while (internal == controller || internal == port || controller == port) {
      internal = LoopbackPort.anyFree();
      controller = LoopbackPort.anyFree();
    }
    int advertised = settings.advertisedPort() == 0 ? port : settings.advertisedPort();
    properties.setProperty(
        "controller.quorum.voters", "1@%s:%d".formatted(LoopbackPort.HOST, controller));
    properties.setProperty(
        "listeners",
        String.join(
                ",",
                ON_LOOPBACK.formatted(CLIENT, port),
                ON_LOOPBACK.formatted("INTERNAL", internal),
                ON_LOOPBACK.formatted("CONTROLLER", controller))
            + further(settings, "%1$s://" + LoopbackPort.HOST + ":%3$d"));
    properties.setProperty(
        "advertised.listeners",
        ON_LOOPBACK.formatted(CLIENT, advertised)
            + ","
            + ON_LOOPBACK.formatted("INTERNAL", internal)
            + further(settings, "%1$s://" + LoopbackPort.HOST + ":%3$d"));
    properties.setProperty(
        "listener.security.protocol.map",
        CLIENT
            + ":"
            + settings.clientProtocol()
            + ",INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT"
            + further(settings, "%1$s:%2$s"));
    properties.setProperty("inter.broker.listener.name", "INTERNAL");
    properties.setProperty("controller.listener.names", "CONTROLLER");
  }

  /** The further listeners, each after a comma, in that form. */
  private static String further(EmbeddedKafkaSettings settings, String form) {
    return settings.listeners().stream()
        .map(one -> "," + form.formatted(one.name(), one.protocol(), one.port()))
        .collect(Collectors.joining());
  }

  private static void singleNode(Properties properties) {
    for (var topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      properties.setProperty(topic + ".replication.factor", "1");
      properties.setProperty(topic + ".num.partitions", "4");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("auto.create.topics.enable", "true");
    properties.setProperty("num.partitions", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("group.min.session.timeout.ms", "1000");
    // Back soon after a kill: until the old session ends the restarted broker stays fenced.
    properties.setProperty("broker.session.timeout.ms", "3000");
    properties.setProperty("broker.heartbeat.interval.ms", "500");
    properties.setProperty("log.retention.hours", "168");
    properties.setProperty("log.cleaner.dedupe.buffer.size", "16777216");
  }
}
