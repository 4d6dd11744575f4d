package io.kafkafetch.adapter.http.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinLogger;
import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.HttpStartException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server: Jetty with our gate before it, and Javalin's routes behind that. */
public final class WebServer implements AutoCloseable {
  /** Longer than any address or header that a client of ours has reason to send. */
  private static final int MAX_HEAD = 16 << 10;

  private static final int MAX_THREADS = 64;

  private final HttpSettings settings;
  private final InetAddress bound;
  private final Javalin javalin;
  private final List<Route> routes;

  /** A server that is not started yet. */
  public WebServer(HttpSettings settings, List<? extends RouteGroup> groups) {
    this.settings = settings;
    this.bound = resolve(settings);
    var registered = new ArrayList<Route>();
    this.javalin = Javalin.create(config -> registered.addAll(configure(config, groups)));
    this.routes = List.copyOf(registered);
  }

  /** Begins to listen. */
  public void start() {
    try {
      javalin.start();
    } catch (RuntimeException e) {
      stopQuietly(e);
      throw cannotListen(e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(bound, javalin.port());
  }

  /** Every route. */
  public List<Route> routes() {
    return routes;
  }

  /** Lets requests in progress end, within bounds, and stops listening. */
  @Override
  public void close() {
    javalin.stop();
  }

  private List<Route> configure(JavalinConfig config, List<? extends RouteGroup> groups) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.concurrency.useVirtualThreads = true;
    var router = new Router(config.routes, new Dispatch(settings.limits()));
    groups.forEach(group -> group.register(router));
    var routes = new RouteTable(router.routes());
    config.jetty.threadPool = threads();
    config.jetty.modifyHttpConfiguration(this::configure);
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServletContextHandler(context -> {
      context.setErrorHandler(new ServletProblems());
      context.getServletHandler().setDecodeAmbiguousURIs(true);
    });
    config.jetty.modifyServer(server -> {
      var hosts = HostCheck.of(bound, settings.host(), settings.allowedHosts());
      var gate = new Gate(hosts, routes, settings.limits());
      gate.setHandler(new GracefulHandler());
      server.setHandler(gate);
      server.setErrorHandler(new JettyProblems());
      server.setStopTimeout(settings.limits().stop().toMillis());
    });
    return router.routes();
  }

  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("http-io");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
    return threads;
  }

  private void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(MAX_HEAD);
    http.setResponseHeaderSize(MAX_HEAD);
    // A group's name may hold a slash or a percent sign, which a path can carry encoded only.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "ENCODED_NAMES",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bound.getHostAddress());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    connector.setAcceptQueueSize(1_024);
    connector.setReuseAddress(true);
    connector.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    return connector;
  }

  private static InetAddress resolve(HttpSettings settings) {
    if (settings.host().isEmpty()) {
      return InetAddress.getLoopbackAddress();
    }
    var host = settings.host().get();
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new HttpStartException("HTTP_HOST names " + host + ", which is not known here.", e);
    }
  }

  private HttpStartException cannotListen(RuntimeException failure) {
    var where = settings.port() + " on " + bound.getHostAddress();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        var reason = String.valueOf(cause.getMessage());
        if (reason.contains("Permission denied")) {
          return new HttpStartException(
              "Port " + where + " may be opened by root only; set HTTP_PORT to one above 1023.",
              failure);
        }
        if (reason.contains("Cannot assign")) {
          return new HttpStartException(
              "HTTP_HOST names "
                  + bound.getHostAddress()
                  + ", which is no address of this machine.",
              failure);
        }
        return new HttpStartException(
            "Port " + where + " is taken; set HTTP_PORT to another one, or to 0 for a free one.",
            failure);
      }
    }
    return new HttpStartException("Port " + where + " could not be opened.", failure);
  }

  private void stopQuietly(RuntimeException reason) {
    try {
      javalin.stop();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  static {
    // Its own lines about itself say nothing to an operator; ours do.
    JavalinLogger.startupInfo = false;
  }
}
