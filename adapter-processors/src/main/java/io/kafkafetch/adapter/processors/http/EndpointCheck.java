package io.kafkafetch.adapter.processors.http;

import io.kafkafetch.domain.processor.SinkCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Looks at an endpoint for a dry run: name, address, connection, certificate. Sends no request. */
final class EndpointCheck {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Targets targets;
  private final Connector connector;

  EndpointCheck(Targets targets, SSLContext tls, boolean offerHttp2) {
    this.targets = targets;
    connector = new Connector(targets, tls, offerHttp2);
  }

  /** What was found, up to the first thing that is not well. */
  List<SinkCheck> of(Origin origin) {
    var found = new ArrayList<SinkCheck>();
    var deadline = Deadline.in(LIMIT);
    try {
      var addresses = targets.permitted(origin, deadline.nanosLeft());
      found.add(
          new SinkCheck(
              "allowed",
              true,
              addresses.stream()
                  .map(InetAddress::getHostAddress)
                  .collect(
                      Collectors.joining(", ", origin + " is at ", ", which may be reached"))));
    } catch (IOException e) {
      found.add(new SinkCheck("allowed", false, ConnectionTrouble.cause(e, origin).reason()));
      return found;
    }
    found.add(connects(origin, deadline));
    return found;
  }

  private SinkCheck connects(Origin origin, Deadline deadline) {
    try (var pool = new ConnectionPool(LIMIT.toMillis())) {
      var connection = connector.open(origin, deadline, pool);
      var version = connection.choseHttp2() ? "HTTP/2" : "HTTP/1.1";
      pool.discard(connection);
      return new SinkCheck("connects", true, origin + " takes connections, for " + version);
    } catch (IOException e) {
      return new SinkCheck("connects", false, ConnectionTrouble.cause(e, origin).reason());
    }
  }
}
