package io.kafkafetch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network that fails on command: listens on an own port of 127.0.0.1 and forwards every TCP
 * connection to one target. Faults apply at once, also to connections that are open. Bytes are
 * never lost or reordered within a connection: as in TCP, they arrive late or the connection ends.
 *
 * <p>A broker tells its clients its own address: give it {@link #port()} as the advertised port
 * ({@link EmbeddedKafkaSettings#withAdvertisedPort}), then {@link #forwardTo} the broker.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);
  private static final int CONNECT_MILLIS = 5_000;
  private static final int BACKLOG = 256;

  /** Which way bytes go. */
  public enum Direction {
    /** From the client to the target. */
    TO_TARGET,
    /** From the target to the client. */
    TO_CLIENT
  }

  private final int port;
  private final Passage toTarget = new Passage();
  private final Passage toClient = new Passage();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Where to forward; absent until told. Read by each new connection. */
  private volatile @Nullable InetSocketAddress target;

  /** The listening socket; null while connections are refused. Guarded by this object's monitor. */
  private @Nullable ServerSocket listener;

  private FaultProxy(@Nullable InetSocketAddress target) {
    this.target = target;
    var first = listen(0);
    this.port = first.getLocalPort();
    this.listener = first;
    accept(first);
  }

  /** A proxy in front of a target. */
  public static FaultProxy to(String host, int port) {
    return new FaultProxy(new InetSocketAddress(host, port));
  }

  /** A proxy whose target is told later; until then connections are closed at once. */
  public static FaultProxy toBeForwarded() {
    return new FaultProxy(null);
  }

  /** Forwards connections from now on to this target; open ones stay. */
  public void forwardTo(String host, int port) {
    target = new InetSocketAddress(host, port);
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return LoopbackPort.HOST;
  }

  /** Where the proxy listens; stays the same through {@link #refuse} and {@link #heal}. */
  public int port() {
    return port;
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return host() + ":" + port;
  }

  /** How many connections are forwarded now. */
  public int connections() {
    return open.size() / 2;
  }

  /** Ends all open connections at once, with a reset; new ones are welcome. */
  public void cut() {
    open.forEach(FaultProxy::reset);
  }

  /** Ends all open connections and refuses new ones, like a host without the service. */
  public synchronized void refuse() {
    var listening = listener;
    if (listening != null) {
      closeQuietly(listening);
      listener = null;
    }
    cut();
  }

  /** Swallows what goes this way: connections stay open, nothing arrives, until {@link #heal}. */
  public void blackhole(Direction direction) {
    passage(direction).block();
  }

  /** Swallows both ways. */
  public void blackhole() {
    toTarget.block();
    toClient.block();
  }

  /** Lets bytes arrive this much later. */
  public void delay(Direction direction, Duration delay) {
    passage(direction).delay(delay);
  }

  /** Lets at most this many bytes per second pass, counted per connection. */
  public void limit(Direction direction, long bytesPerSecond) {
    passage(direction).limit(bytesPerSecond);
  }

  /** Ends every fault; what was held back arrives now. */
  public synchronized void heal() {
    toTarget.heal();
    toClient.heal();
    if (listener == null) {
      var again = listen(port);
      listener = again;
      accept(again);
    }
  }

  @Override
  public void close() {
    refuse();
    // Whatever still waits in a fault finds its sockets closed and ends.
    toTarget.heal();
    toClient.heal();
  }

  private Passage passage(Direction direction) {
    return switch (direction) {
      case TO_TARGET -> toTarget;
      case TO_CLIENT -> toClient;
    };
  }

  private static ServerSocket listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LoopbackPort.HOST), port), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " cannot be listened on", e);
    }
  }

  private void accept(ServerSocket listening) {
    Thread.ofVirtual()
        .name("fault-proxy-" + listening.getLocalPort())
        .start(() -> {
          while (!listening.isClosed()) {
            try {
              var client = listening.accept();
              Thread.ofVirtual().start(() -> forward(client));
            } catch (IOException e) {
              LOG.debug("No longer accepting: {}", e.toString());
            }
          }
        });
  }

  private void forward(Socket client) {
    var towards = target;
    var server = new Socket();
    open.add(client);
    open.add(server);
    try (client;
        server) {
      if (towards != null) {
        server.connect(
            new InetSocketAddress(towards.getHostString(), towards.getPort()), CONNECT_MILLIS);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var back = Thread.ofVirtual().start(() -> pass(toClient, server, client));
        pass(toTarget, client, server);
        back.join();
      }
    } catch (IOException e) {
      LOG.debug("Connection to {} ended: {}", towards, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
      open.remove(server);
    }
  }

  /** One way ended in order is passed on as such; in any other case both sockets end. */
  private static void pass(Passage passage, Socket from, Socket to) {
    try {
      passage.carry(from.getInputStream(), to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      reset(from);
      reset(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      LOG.debug("Already closed: {}", e.toString());
    }
    closeQuietly(socket);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      LOG.debug("Closing failed: {}", e.toString());
    }
  }
}
