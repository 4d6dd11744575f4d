package io.kafkafetch.adapter.http;

import io.kafkafetch.adapter.http.consume.ConsumeRoutes;
import io.kafkafetch.adapter.http.consume.TopicRoutes;
import io.kafkafetch.adapter.http.consumers.ConsumerRoutes;
import io.kafkafetch.adapter.http.consumers.HistoryRoutes;
import io.kafkafetch.adapter.http.consumers.InsightRoutes;
import io.kafkafetch.adapter.http.consumers.OffsetRoutes;
import io.kafkafetch.adapter.http.deadletters.DeadLetterRoutes;
import io.kafkafetch.adapter.http.docs.DocsRoutes;
import io.kafkafetch.adapter.http.fleet.ForwardedLoans;
import io.kafkafetch.adapter.http.fleet.Forwarding;
import io.kafkafetch.adapter.http.fleet.LoanRoutes;
import io.kafkafetch.adapter.http.groups.GroupRoutes;
import io.kafkafetch.adapter.http.metrics.MetricsRoutes;
import io.kafkafetch.adapter.http.metrics.ServerMetrics;
import io.kafkafetch.adapter.http.processors.ProcessorRoutes;
import io.kafkafetch.adapter.http.produce.ProduceRoutes;
import io.kafkafetch.adapter.http.server.RouteGroup;
import io.kafkafetch.adapter.http.server.WebServer;
import io.kafkafetch.adapter.http.sessions.SessionRoutes;
import io.kafkafetch.adapter.http.status.HealthRoutes;
import io.kafkafetch.adapter.http.status.RootRoutes;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The REST API, open from {@link #start} until {@link #close}. */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  private final WebServer server;
  private final Forwarding forwarding;
  private final Runnable endWaiting;
  private final ServerMetrics metrics;

  private HttpApi(
      WebServer server, Forwarding forwarding, Runnable endWaiting, ServerMetrics metrics) {
    this.server = server;
    this.forwarding = forwarding;
    this.endWaiting = endWaiting;
    this.metrics = metrics;
  }

  /**
   * Opens the API.
   *
   * @param clock what answers are stamped with
   * @throws HttpStartException with one sentence, when the port is taken or the host unknown
   */
  public static HttpApi start(
      HttpSettings settings, DrivingPorts ports, ServerDescription about, InstantSource clock) {
    var forwarding = new Forwarding(ports.ownership());
    var metrics =
        new ServerMetrics(ports.activity(), ports.sessions(), ports.health(), about.version());
    var groups = groups(ports, forwarding, about, clock, new MetricsRoutes(metrics));
    var server = new WebServer(settings, groups, metrics.requests());
    try {
      server.start();
    } catch (HttpStartException e) {
      forwarding.close();
      metrics.close();
      throw e;
    }
    var api = new HttpApi(server, forwarding, ports.sessions()::endWaiting, metrics);
    LOG.info("The API answers on {}", api.uri());
    return api;
  }

  private static List<RouteGroup> groups(
      DrivingPorts ports,
      Forwarding forwarding,
      ServerDescription about,
      InstantSource clock,
      RouteGroup metrics) {
    var loans = new ForwardedLoans();
    List<RouteGroup> groups =
        List.of(
            new RootRoutes(about),
            new HealthRoutes(ports.health(), clock),
            new ConsumerRoutes(ports.consumers(), ports.trial()),
            new HistoryRoutes(ports.consumers(), ports.history()),
            new OffsetRoutes(ports.offsets()),
            new InsightRoutes(ports.insight()),
            new DeadLetterRoutes(ports.deadLetters()),
            new GroupRoutes(ports.groups()),
            new ProcessorRoutes(ports.processors()),
            new ProduceRoutes(ports.producing(), about.produceSource(), clock),
            new ConsumeRoutes(ports.consuming(), about.consumeGroup(), forwarding, loans),
            new LoanRoutes(loans),
            new TopicRoutes(ports.topics(), about.consumeGroup()),
            new SessionRoutes(ports.sessions(), forwarding, clock),
            metrics);
    var all = new ArrayList<RouteGroup>(groups);
    all.add(new DocsRoutes(about.version(), groups));
    return all;
  }

  /** Where it listens; the port is the real one where 0 was asked for. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** The same, for people to click on: {@code http://127.0.0.1:8000}. */
  public URI uri() {
    var address = server.address();
    var host = address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
  }

  /** What is answered: {@code GET /consumers} and so on, in no particular order. */
  public List<String> routes() {
    return server.routes().stream().map(route -> route.method() + " " + route.path()).toList();
  }

  /** Takes no more requests and waits, within bounds, for those in progress. */
  @Override
  public void close() {
    endWaiting.run();
    forwarding.close();
    server.close();
    metrics.close();
    LOG.info("The API has stopped");
  }
}
