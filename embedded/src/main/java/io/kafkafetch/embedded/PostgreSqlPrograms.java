package io.kafkafetch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's own programs, run as a user they accept, on one data folder. */
final class PostgreSqlPrograms {
  private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlPrograms.class);
  private static final String DATA = "data";

  /** The line of {@code postmaster.pid} that holds the state (PostgreSQL's miscadmin.h). */
  private static final int STATUS_LINE = 7;

  private final Path folder;
  private final Path binaries;
  private final PostgreSqlUser user;

  private PostgreSqlPrograms(Path folder, Path binaries, PostgreSqlUser user) {
    this.folder = folder;
    this.binaries = binaries;
    this.user = user;
  }

  /** Unpacks the programs where this user reaches them: in the cache, else beside the data. */
  static PostgreSqlPrograms in(Path folder, Path cache, PostgreSqlUser user) {
    for (var place : List.of(cache, folder.resolve("cache"))) {
      var binaries = PostgreSqlBinaries.in(place);
      if (user.canRun(binaries.resolve("bin/postgres"))) {
        return new PostgreSqlPrograms(folder, binaries, user);
      }
    }
    throw new EmbeddedException(
        "PostgreSQL refuses to run as root, and the user nobody cannot reach %s: let every user enter its parent folders, run as another user, or use an external PostgreSQL"
            .formatted(folder));
  }

  /** What PostgreSQL calls its data directory. */
  Path data() {
    return folder.resolve(DATA);
  }

  /**
   * Creates the database cluster when there is none: aside, then renamed, so whole or not at all.
   */
  void initialize() {
    if (Files.exists(data())) {
      return;
    }
    var initializing = folder.resolve(DATA + ".initializing");
    try {
      UnpackedFolder.delete(initializing);
      Files.createDirectory(initializing);
      user.own(folder);
      run(
          "initdb",
          List.of(
              "-D",
              initializing.toString(),
              "-U",
              EmbeddedPostgreSql.USER,
              "-A",
              "trust",
              "-E",
              "UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C"));
      Files.move(initializing, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException(initializing + " cannot be prepared: " + e.getMessage(), e);
    }
  }

  /** Starts the server; returns at once. */
  ChildProcess start(int port, Map<String, String> further) {
    writeAccessRules();
    var settings = new TreeMap<>(settings(port));
    settings.putAll(further);
    var arguments = new ArrayList<String>(List.of("-D", data().toString()));
    settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return child("Embedded PostgreSQL", "postgres", arguments, "postgresql.log");
  }

  /** Sends a signal that Java cannot send, through PostgreSQL's own program for it. */
  void signal(String signal, long pid) {
    run("pg_ctl", List.of("kill", signal, Long.toString(pid)));
  }

  /** Whether this postmaster says in its pid file that it is ready. */
  boolean acceptsConnections(ChildProcess postmaster) {
    var lines = pidFileLines(data());
    return lines.size() > STATUS_LINE
        && lines.get(0).strip().equals(Long.toString(postmaster.pid()))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /** Ends the postmaster that an earlier run left on this folder, in order if it can. */
  void reapOrphan(Duration limit) {
    var orphan = orphan(data());
    if (orphan.isPresent()) {
      Orphan.reap(orphan.get(), handle -> signal("INT", handle.pid()), limit);
    } else {
      forgetForeignPid();
    }
  }

  /** Ends the postmaster that an earlier run left on this folder, at once. */
  static void killOrphan(Path folder) {
    orphan(folder.resolve(DATA))
        .ifPresent(orphan -> Orphan.reap(orphan, ProcessHandle::destroyForcibly, Duration.ZERO));
  }

  private static Optional<ProcessHandle> orphan(Path data) {
    return postmasterPid(data).flatMap(pid -> Orphan.find(pid, "-D " + data));
  }

  /**
   * PostgreSQL would take a process that has the old postmaster's id by now for the postmaster, and
   * an empty file for one that is starting. A dead one it recognizes by itself, and then also looks
   * for backends that still live: so that file is left to it.
   */
  private void forgetForeignPid() {
    var pid = postmasterPid(data());
    if (pid.isEmpty() || ProcessHandle.of(pid.get()).isPresent()) {
      try {
        Files.deleteIfExists(pidFile(data()));
      } catch (IOException e) {
        throw new EmbeddedException(pidFile(data()) + " cannot be deleted: " + e.getMessage(), e);
      }
    }
  }

  private static Optional<Long> postmasterPid(Path data) {
    var lines = pidFileLines(data);
    try {
      return lines.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(lines.get(0).strip()));
    } catch (NumberFormatException e) {
      LOG.info("{} holds no process id", pidFile(data));
      return Optional.empty();
    }
  }

  private static List<String> pidFileLines(Path data) {
    try {
      return Files.readAllLines(pidFile(data));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new EmbeddedException(pidFile(data) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path pidFile(Path data) {
    return data.resolve("postmaster.pid");
  }

  private Map<String, String> settings(int port) {
    return Map.ofEntries(
        Map.entry("port", Integer.toString(port)),
        Map.entry("listen_addresses", LoopbackPort.HOST),
        Map.entry("unix_socket_directories", ""),
        Map.entry("hba_file", accessRules().toString()),
        Map.entry("fsync", "on"),
        Map.entry("synchronous_commit", "on"),
        Map.entry("full_page_writes", "on"),
        Map.entry("max_connections", "100"),
        Map.entry("logging_collector", "off"),
        Map.entry("log_destination", "stderr"),
        Map.entry("log_checkpoints", "off"),
        Map.entry("log_timezone", "UTC"),
        Map.entry("timezone", "UTC"));
  }

  private Path accessRules() {
    return folder.resolve("pg_hba.conf");
  }

  /** The superuser is trusted, on loopback alone; any further role needs its password. */
  private void writeAccessRules() {
    var rules =
        """
        # Written at each start
        host all %1$s 127.0.0.1/32 trust
        host all all 127.0.0.1/32 scram-sha-256
        """
            .formatted(EmbeddedPostgreSql.USER);
    try {
      Files.writeString(accessRules(), rules);
    } catch (IOException e) {
      throw new EmbeddedException(accessRules() + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void run(String program, List<String> arguments) {
    var child = child(program, program, arguments, program + ".log");
    child.awaitSuccess(PROGRAM_LIMIT);
  }

  private ChildProcess child(String name, String program, List<String> arguments, String log) {
    var command = new ArrayList<String>(List.of(binaries.resolve("bin/" + program).toString()));
    command.addAll(arguments);
    return ChildProcess.start(name, user.command(command), folder, log, "");
  }
}
