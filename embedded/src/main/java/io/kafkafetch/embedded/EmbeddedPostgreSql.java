package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL as a child process: durable, on 127.0.0.1 only, on a port that is chosen once
 * and kept in the data folder. The superuser {@code postgres} needs no password. Thread-safe; one
 * operation at a time.
 */
public final class EmbeddedPostgreSql implements AutoCloseable {
  /** The superuser, which is trusted on loopback. */
  public static final String USER = "postgres";

  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final String DUPLICATE_DATABASE = "42P04";

  /** The line of {@code postmaster.pid} that holds the state (PostgreSQL's miscadmin.h). */
  private static final int STATUS_LINE = 7;

  private final EmbeddedPostgreSqlSettings settings;
  private final Path folder;
  private final PostgreSqlPrograms programs;
  private final FolderLock lock;
  private final boolean shared;
  private final Runnable onClose;
  private final int port;

  /** The server's process; replaced by each start, under this object's monitor. */
  private volatile ChildProcess child;

  private EmbeddedPostgreSql(
      EmbeddedPostgreSqlSettings settings, boolean shared, Runnable onClose) {
    this.settings = settings;
    this.folder = settings.dataDir().resolve("postgresql");
    this.shared = shared;
    this.onClose = onClose;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new EmbeddedException(folder + " cannot be created: " + e.getMessage(), e);
    }
    this.lock = FolderLock.acquire(folder);
    try {
      var binaries = PostgreSqlBinaries.in(settings.cacheDir());
      this.programs = new PostgreSqlPrograms(folder, binaries, PostgreSqlUser.current());
      reapOrphan();
      this.port =
          LoopbackPort.keptOrFreeFrom(portFile(), settings.preferredPort(), "embedded PostgreSQL");
      programs.initialize();
      this.child = launch();
      LoopbackPort.keep(portFile(), port);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Starts a PostgreSQL and waits until it accepts connections. What an earlier run left behind on
   * this data folder is ended first.
   *
   * @throws EmbeddedException if the folder is in use, the kept port is taken, or it does not come
   *     up within its limit
   */
  public static EmbeddedPostgreSql start(EmbeddedPostgreSqlSettings settings) {
    return new EmbeddedPostgreSql(settings, false, () -> {});
  }

  /** A PostgreSQL of one's own on a temporary folder that {@link #close} deletes. */
  public static EmbeddedPostgreSql forTests() {
    return forTests(UnaryOperator.identity());
  }

  /** One of one's own with other settings, on a temporary folder that {@link #close} deletes. */
  public static EmbeddedPostgreSql forTests(UnaryOperator<EmbeddedPostgreSqlSettings> change) {
    return forTests(change, false);
  }

  private static EmbeddedPostgreSql forTests(
      UnaryOperator<EmbeddedPostgreSqlSettings> change, boolean shared) {
    var folder = TestFolder.create();
    try {
      var settings = EmbeddedPostgreSqlSettings.in(folder.path()).withCacheDir(TestFolder.cache());
      return new EmbeddedPostgreSql(change.apply(settings), shared, folder::close);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * The one PostgreSQL that the tests of this JVM share: started on first use, stopped when the JVM
   * ends. It cannot be stopped, killed or closed by a test, which takes a database of its own.
   */
  public static EmbeddedPostgreSql shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final EmbeddedPostgreSql SERVER = forTests(UnaryOperator.identity(), true);

    static {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> SERVER.end(true)));
    }
  }

  /** {@code jdbc:postgresql://127.0.0.1:port/database?user=postgres}. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s?user=%s".formatted(host(), port, database, USER);
  }

  /**
   * {@code postgresql://postgres:postgres@127.0.0.1:port/database}; the password is not looked at.
   */
  public String url(String database) {
    return "postgresql://%1$s:%1$s@%2$s:%3$d/%4$s".formatted(USER, host(), port, database);
  }

  /** Always {@code 127.0.0.1}. */
  public String host() {
    return LoopbackPort.HOST;
  }

  /** Stays the same for the life of the data folder. */
  public int port() {
    return port;
  }

  /** The postmaster's process id; that of the last one while none runs. */
  public long pid() {
    return child.pid();
  }

  /** Whether the postmaster runs. */
  public boolean alive() {
    return child.alive();
  }

  /** The folder that holds everything this server keeps. */
  public Path folder() {
    return folder;
  }

  /**
   * Creates a database unless there is one of that name.
   *
   * @param name lower-case letters, digits and underscores, not starting with a digit, at most 63
   * @return its {@link #jdbcUrl}
   */
  public String createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A database name takes lower-case letters, digits and underscores: " + name);
    }
    try (var connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database \"" + name + "\"");
    } catch (SQLException e) {
      if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
        throw new EmbeddedException(
            "Database " + name + " cannot be created: " + e.getMessage(), e);
      }
    }
    return jdbcUrl(name);
  }

  /** A new connection as the superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database));
  }

  /**
   * Stops it in order (fast shutdown: clients are cut off), and kills it when the limit has passed.
   */
  public synchronized void stop() {
    requirePrivate();
    stopChild();
  }

  /** Kills the postmaster and its backends with SIGKILL, and returns when they are gone. */
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

  /** Stops it and gives the data folder free. */
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
          "The shared PostgreSQL serves every test of this JVM: take forTests() for one of your own");
    }
  }

  private void stopChild() {
    var running = child;
    running.stop(() -> programs.signal("INT", running.pid()), settings.stopLimit());
  }

  private ChildProcess launch() {
    var launched = programs.start(port, settings.serverSettings());
    launched.awaitReady(this::acceptsConnections, settings.startLimit());
    return launched;
  }

  private boolean acceptsConnections(ChildProcess candidate) {
    var lines = pidFileLines();
    return lines.size() > STATUS_LINE
        && lines.get(0).strip().equals(Long.toString(candidate.pid()))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  private void reapOrphan() {
    var lines = pidFileLines();
    if (lines.isEmpty()) {
      return;
    }
    long pid = Long.parseLong(lines.get(0).strip());
    var orphan = Orphan.find(pid, "-D " + programs.data());
    if (orphan.isPresent()) {
      Orphan.reap(
          orphan.get(), handle -> programs.signal("INT", handle.pid()), settings.stopLimit());
    } else if (ProcessHandle.of(pid).isPresent()) {
      // Someone else has that process id by now, which PostgreSQL would take for its postmaster.
      forgetPid();
    }
  }

  private void forgetPid() {
    try {
      Files.deleteIfExists(pidFile());
    } catch (IOException e) {
      throw new EmbeddedException(pidFile() + " cannot be deleted: " + e.getMessage(), e);
    }
  }

  private List<String> pidFileLines() {
    try {
      return Files.readAllLines(pidFile());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new EmbeddedException(pidFile() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Path pidFile() {
    return programs.data().resolve("postmaster.pid");
  }

  private Path portFile() {
    return folder.resolve("port");
  }
}
