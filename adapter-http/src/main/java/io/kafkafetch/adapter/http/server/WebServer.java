package io.kafkafetch.adapter.http.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinLogger;
import io.kafkafetch.adapter.http.HttpSettings;
import io.kafkafetch.adapter.http.HttpStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server: Jetty with our gate before it, and Javalin's routes behind that. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Longer than any address or header that a client of ours has reason to send. */
  private static final int MAX_HEAD = 16 << 10;

  private static final int MAX_THREADS = 64;

  private final HttpSettings settings;
  private final RequestObserver observer;
  private final InetAddress bound;
  private final Javalin javalin;
  private final AtomicReference<@Nullable ServerSocketChannel> channel = new AtomicReference<>();
  private final AtomicReference<@Nullable Server> jetty = new AtomicReference<>();
  private final List<Route> routes;

  /** A server that is not started yet, and that nobody observes. */
  public WebServer(HttpSettings settings, List<? extends RouteGroup> groups) {
    this(settings, groups, RequestObserver.NOBODY);
  }

  /** A server that is not started yet. */
  public WebServer(
      HttpSettings settings, List<? extends RouteGroup> groups, RequestObserver observer) {
    this.settings = settings;
    this.observer = observer;
    this.bound = resolve(settings);
    var registered = new ArrayList<Route>();
    this.javalin = Javalin.create(config -> registered.addAll(configure(config, groups)));
    this.routes = List.copyOf(registered);
  }

  /**
   * Begins to listen.
   *
   * @throws HttpStartException when it cannot, with a sentence that says why
   */
  public void start() {
    // Bound here and not by Jetty, so that a taken port is one sentence and not a page of them.
    var listening = ListeningSocket.open(bound, settings.port());
    channel.set(listening);
    try {
      javalin.start();
    } catch (RuntimeException e) {
      close();
      ListeningSocket.close(listening, e);
      throw new HttpStartException("The API could not be opened: " + e.getMessage(), e);
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

  /**
   * Stops listening and lets requests in progress end; those that take too long are cut off. Does
   * nothing when it was stopped before.
   */
  @Override
  public void close() {
    var server = jetty.getAndSet(null);
    if (server == null) {
      return;
    }
    try {
      server.stop();
    } catch (TimeoutException late) {
      LOG.warn(
          "Requests that were still in progress after {} were cut off", settings.limits().stop());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("The web server did not stop in good order", e);
    }
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
      jetty.set(server);
      var hosts = HostCheck.of(bound, settings.host(), settings.allowedHosts());
      var gate = new Gate(hosts, routes, settings.limits(), observer);
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
    try {
      connector.open(channel.get());
    } catch (IOException e) {
      throw new HttpStartException("The listening socket was lost before it could be used", e);
    }
    connector.setIdleTimeout(settings.limits().idle().toMillis());
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

  static {
    // Its own lines about itself say nothing to an operator; ours do.
    JavalinLogger.startupInfo = false;
  }
}
