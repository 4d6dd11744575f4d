package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node Kafka broker (KRaft) as a child process: durable, on 127.0.0.1 only, on a port
 * that is chosen once and kept in the data folder. Thread-safe; one operation at a time.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final int START_TRIES = 3;

  /** Null until the first test asks; guarded by the class's monitor. */
  private static @Nullable EmbeddedKafka sharedByTests;

  private final EmbeddedKafkaSettings settings;
  private final Path folder;
  private final BrokerProcess process;
  private final FolderLock lock;
  private final boolean shared;
  private final Runnable onClose;

  /** Set once by the first start. */
  private volatile int port;

  /** The broker's process; replaced by each start, under this object's monitor. */
  private volatile ChildProcess child;

  private EmbeddedKafka(EmbeddedKafkaSettings settings, boolean shared, Runnable onClose) {
    this.settings = settings;
    this.folder = settings.dataDir().resolve("kafka");
    this.process = new BrokerProcess(settings, folder);
    this.shared = shared;
    this.onClose = onClose;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EmbeddedException(folder + " cannot be created: " + e.getMessage(), e);
    }
    this.lock = FolderLock.acquire(folder);
    try {
      process.reapOrphan();
      this.port =
          LoopbackPort.keptOrFreeFrom(portFile(), settings.preferredPort(), "embedded Kafka");
      this.child = launch();
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Starts a broker and waits until clients may connect. What an earlier run left behind on this
   * data folder is ended first.
   *
   * @throws EmbeddedException if the folder is in use, the kept port is taken, or the broker does
   *     not come up within its limit
   */
  public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
    return new EmbeddedKafka(settings, false, () -> {});
  }

  /** A broker of one's own on a temporary folder that {@link #close} deletes. */
  public static EmbeddedKafka forTests() {
    return forTests(UnaryOperator.identity());
  }

  /**
   * A broker of one's own with other settings, on a temporary folder that {@link #close} deletes.
   */
  public static EmbeddedKafka forTests(UnaryOperator<EmbeddedKafkaSettings> change) {
    return forTests(change, false);
  }

  private static EmbeddedKafka forTests(
      UnaryOperator<EmbeddedKafkaSettings> change, boolean shared) {
    var folder = TestFolder.create();
    try {
      var settings = EmbeddedKafkaSettings.in(folder.path()).withCacheDir(folder.cache());
      return new EmbeddedKafka(change.apply(settings), shared, folder::close);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * The one broker that the tests of this JVM share: started on first use, stopped when the JVM
   * ends. It cannot be stopped, killed or closed by a test.
   */
  public static synchronized EmbeddedKafka shared() {
    var started = sharedByTests;
    if (started == null) {
      var server = forTests(UnaryOperator.identity(), true);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> server.end(true)));
      sharedByTests = server;
      started = server;
    }
    return started;
  }

  /** What clients connect to: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return host() + ":" + port();
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return LoopbackPort.HOST;
  }

  /** The port for clients; stays the same for the life of the data folder. */
  public int port() {
    return port;
  }

  /** The broker's process id; that of the last one while none runs. */
  public long pid() {
    return child.pid();
  }

  /** Whether the broker's process runs. */
  public boolean alive() {
    return child.alive();
  }

  /** The folder that holds everything this broker keeps. */
  public Path folder() {
    return folder;
  }

  /** Stops the broker in order: SIGTERM, and SIGKILL when the limit has passed. */
  public synchronized void stop() {
    requirePrivate();
    stopChild();
  }

  /** Kills the broker with SIGKILL, and returns when it is gone. */
  public synchronized void kill() {
    requirePrivate();
    child.kill();
  }

  /** Starts it again on the same port and data; stops it first when it runs. */
  public synchronized void restart() {
    requirePrivate();
    stopChild();
    child = launch();
  }

  /** Stops the broker and gives the data folder free. */
  @Override
  public void close() {
    requirePrivate();
    end(false);
  }

  private synchronized void end(boolean fast) {
    try {
      if (fast) {
        child.kill();
      } else {
        stopChild();
      }
    } finally {
      lock.close();
      onClose.run();
    }
  }

  private void requirePrivate() {
    if (shared) {
      throw new IllegalStateException(
          "The shared broker serves every test of this JVM: take forTests() for one of your own");
    }
  }

  private void stopChild() {
    var running = child;
    running.stop(running::terminate, settings.stopLimit());
  }

  /** Two of the three ports are taken anew at each start; somebody may be faster. */
  private ChildProcess launch() {
    for (int i = 1; ; i++) {
      try {
        var launched = process.launch(port);
        LoopbackPort.keep(portFile(), port);
        return launched;
      } catch (EmbeddedException e) {
        if (i == START_TRIES || !String.valueOf(e.getMessage()).contains("failed to bind")) {
          throw e;
        }
        LOG.info("A port of embedded Kafka was taken meanwhile, starting again");
        port = LoopbackPort.keptOrFreeFrom(portFile(), settings.preferredPort(), "embedded Kafka");
      }
    }
  }

  private Path portFile() {
    return folder.resolve("port");
  }
}
