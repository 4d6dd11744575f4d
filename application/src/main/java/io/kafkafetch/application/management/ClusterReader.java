package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from a draft which cluster is meant. */
final class ClusterReader {
  private static final int MAX_SERVERS = 32;
  private static final String LIST = "bootstrap_servers";
  private static final String HOST = "broker_ip";
  private static final String PORT = "broker_port";

  private ClusterReader() {}

  /** The cluster; empty when something is wrong, which is then among the violations. */
  static Optional<ClusterAddress> read(
      ConsumerDraft draft, Optional<ClusterAddress> current, Violations violations) {
    var servers = servers(draft, current, violations);
    var properties = ClientSecrets.read(draft, servers, current, violations);
    return servers.isEmpty() || !violations.isEmpty()
        ? Optional.empty()
        : Optional.of(new ClusterAddress(servers, properties));
  }

  private static List<BrokerAddress> servers(
      ConsumerDraft draft, Optional<ClusterAddress> current, Violations violations) {
    boolean single = draft.brokerHost().isPresent() || draft.brokerPort().isPresent();
    if (!violations.isClean(LIST) && draft.bootstrapServers().isEmpty()) {
      // A list was meant that could not be read, and instead of it nothing is missing.
      return List.of();
    }
    if (draft.bootstrapServers().isPresent()) {
      var listed = list(draft.bootstrapServers().get(), violations);
      // A response carries both forms, and may be sent back as it came.
      if (single
          && !listed.isEmpty()
          && violations.isClean(LIST + "[0]")
          && !names(listed.getFirst(), draft)) {
        violations.add(LIST, "must not be given together with another broker_ip or broker_port");
      }
      return listed;
    }
    if (!single && current.isPresent()) {
      return current.get().bootstrapServers();
    }
    return single(draft, current, violations);
  }

  private static boolean names(BrokerAddress address, ConsumerDraft draft) {
    return draft.brokerHost().map(address.host()::equals).orElse(true)
        && (draft.brokerPort().isEmpty() || draft.brokerPort().getAsLong() == address.port());
  }

  private static List<BrokerAddress> list(List<String> texts, Violations violations) {
    var addresses = new ArrayList<BrokerAddress>();
    if (texts.isEmpty() || texts.size() > MAX_SERVERS) {
      violations.add(LIST, "must be a list of 1 to " + MAX_SERVERS + " texts host:port");
    }
    for (int i = 0; i < texts.size(); i++) {
      var address = BrokerAddress.parse(texts.get(i));
      if (address.isEmpty()) {
        violations.add(LIST + "[" + i + "]", "must be host:port with a port from 1 to 65535");
      }
      address.ifPresent(addresses::add);
    }
    return addresses;
  }

  private static List<BrokerAddress> single(
      ConsumerDraft draft, Optional<ClusterAddress> current, Violations violations) {
    var before = current.map(cluster -> cluster.bootstrapServers().getFirst());
    var host = draft.brokerHost().or(() -> before.map(BrokerAddress::host));
    var port =
        draft.brokerPort().isPresent()
            ? Optional.of(draft.brokerPort().getAsLong())
            : before.map(address -> (long) address.port());
    if (host.isEmpty()) {
      violations.add(
          HOST,
          "is required and must be a host name or an IP address (or give" + " bootstrap_servers)");
    }
    if (port.isEmpty()) {
      violations.add(PORT, "is required and must be a whole number from 1 to 65535");
    }
    host.flatMap(BrokerAddress::hostViolation).ifPresent(message -> violations.add(HOST, message));
    port.flatMap(BrokerAddress::portViolation).ifPresent(message -> violations.add(PORT, message));
    return violations.isClean(HOST)
            && violations.isClean(PORT)
            && host.isPresent()
            && port.isPresent()
        ? List.of(new BrokerAddress(host.get(), port.get().intValue()))
        : List.of();
  }
}
