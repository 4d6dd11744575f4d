package io.kafkafetch.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** PostgreSQL's own programs, run as a user they accept, on one data folder. */
final class PostgreSqlPrograms {
  private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(60);
  private static final String DATA = "data";

  private final Path folder;
  private final Path binaries;
  private final PostgreSqlUser user;

  PostgreSqlPrograms(Path folder, Path binaries, PostgreSqlUser user) {
    this.folder = folder;
    this.binaries = binaries;
    this.user = user;
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
              "--locale=C.UTF-8",
              "--lc-messages=C"));
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
      throw new UncheckedIOException(e);
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
