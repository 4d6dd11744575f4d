package io.kafkafetch.application.groups;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driven.ConsumerQuery.Place;
import io.kafkafetch.application.driven.Consumers;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.Consumer;
import io.kafkafetch.domain.consumer.ConsumerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds which cluster a question is about, and how it is spoken with: as the consumers of the same
 * brokers do. Their logins go to no other place by that.
 */
final class ServerClusters {
  private static final int MAX_SERVERS = 32;
  private static final int PAGE = 200;
  private static final Optional<String> ANY = Optional.empty();
  private static final Optional<String> ACTIVE = Optional.of(new ConsumerState.Active().label());

  private final ClusterAddress own;
  private final Consumers consumers;

  ServerClusters(ClusterAddress own, Consumers consumers) {
    this.own = own;
    this.consumers = consumers;
  }

  ClusterAddress named(Optional<String> bootstrapServers) {
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
    return servers.equals(own.bootstrapServers()) ? own : spokenWith(servers);
  }

  /** A consumer that runs has the login that works; among those the oldest, always the same. */
  private ClusterAddress spokenWith(List<BrokerAddress> servers) {
    return oldest(ACTIVE, servers)
        .or(() -> oldest(ANY, servers))
        .map(consumer -> consumer.spec().cluster())
        .orElseGet(() -> new ClusterAddress(servers, Map.of()));
  }

  /** Page by page, since one of the first is mostly the one, however many there are. */
  private Optional<Consumer> oldest(Optional<String> status, List<BrokerAddress> servers) {
    Optional<Place> after = Optional.empty();
    while (true) {
      var page = consumers.list(new ConsumerQuery(status, ANY, ANY, after, OptionalInt.of(PAGE)));
      for (var consumer : page) {
        if (consumer.spec().cluster().bootstrapServers().containsAll(servers)) {
          return Optional.of(consumer);
        }
      }
      if (page.size() < PAGE) {
        return Optional.empty();
      }
      after = Optional.of(new Place(page.getLast().createdAt(), page.getLast().id()));
    }
  }
}
