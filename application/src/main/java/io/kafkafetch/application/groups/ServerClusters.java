package io.kafkafetch.application.groups;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which cluster a question is about. */
final class ServerClusters {
  private static final int MAX_SERVERS = 32;

  private ServerClusters() {}

  static ClusterAddress read(Optional<String> bootstrapServers, ClusterAddress own) {
    if (bootstrapServers.isEmpty()) {
      return own;
    }
    var servers = new ArrayList<BrokerAddress>();
    for (var text : bootstrapServers.get().split(",", -1)) {
      var address = BrokerAddress.parse(text.strip());
      if (address.isEmpty() || servers.size() == MAX_SERVERS) {
        throw new Refusal.Invalid(
            "bootstrap_servers", "must be 1 to " + MAX_SERVERS + " host:port, separated by commas");
      }
      servers.add(address.get());
    }
    return List.copyOf(servers).equals(own.bootstrapServers())
        ? own
        : new ClusterAddress(servers, Map.of());
  }
}
