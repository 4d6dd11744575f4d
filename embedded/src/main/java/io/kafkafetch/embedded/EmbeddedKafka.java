package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real single-node Kafka broker (KRaft) as a child process: durable, on 127.0.0.1 only, on a port
 * that is chosen once and kept in the data folder. Thread-safe; one operation at a time.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final String READY = "embedded broker is ready";
  private static final int START_TRIES = 3;

  private final EmbeddedKafkaSettings settings;
  private final Path folder;
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
    this.shared = shared;
    this.onClose = onClose;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EmbeddedException(folder + " cannot be created: " + e.getMessage(), e);
    }
    this.lock = FolderLock.acquire(folder);
    try {
      reapOrphan();
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
      var settings = EmbeddedKafkaSettings.in(folder.path()).withCacheDir(TestFolder.cache());
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
  public static EmbeddedKafka shared() {
    return Shared.BROKER;
  }

  private static final class Shared {
    static final EmbeddedKafka BROKER = forTests(UnaryOperator.identity(), true);

    static {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> BROKER.end(true)));
    }
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
        var launched = launchOnce();
        LoopbackPort.keep(portFile(), port);
        return launched;
      } catch (EmbeddedException e) {
        if (i == START_TRIES
            || !String.valueOf(e.getMessage()).contains("Address already in use")) {
          throw e;
        }
        LOG.info("A port of embedded Kafka was taken meanwhile, starting again");
        port = LoopbackPort.keptOrFreeFrom(portFile(), settings.preferredPort(), "embedded Kafka");
      }
    }
  }

  private ChildProcess launchOnce() {
    var properties = folder.resolve("server.properties");
    BrokerProperties.write(properties, settings, folder.resolve("data"), port);
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            folderArgument(),
            "-Xmx" + settings.heap(),
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
            "-Dorg.slf4j.simpleLogger.logFile=System.out",
            "-cp",
            BrokerClassPath.in(settings.cacheDir()),
            BrokerClassPath.MAIN_CLASS,
            properties.toString(),
            pidFile().toString());
    var launched = ChildProcess.start("Embedded Kafka", command, folder, "kafka.log", READY);
    launched.awaitReady(ChildProcess::printedReady, settings.startLimit());
    return launched;
  }

  private void reapOrphan() {
    try {
      if (Files.exists(pidFile())) {
        long pid = Long.parseLong(Files.readString(pidFile()).strip());
        Orphan.find(pid, folderArgument())
            .ifPresent(orphan -> Orphan.reap(orphan, ProcessHandle::destroy, settings.stopLimit()));
        Files.delete(pidFile());
      }
    } catch (IOException e) {
      throw new EmbeddedException(pidFile() + " cannot be read: " + e.getMessage(), e);
    } catch (NumberFormatException e) {
      // A kill between creating and writing it: that broker has ended with its parent.
      LOG.info("{} holds no process id", pidFile());
    }
  }

  /**
   * Tells our broker from any other process; among the first arguments, as systems cut long lines.
   */
  private String folderArgument() {
    return "-Dkafkafetch.broker.folder=" + folder + "/";
  }

  private Path pidFile() {
    return folder.resolve("pid");
  }

  private Path portFile() {
    return folder.resolve("port");
  }
}
