package io.kafkafetch.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("examples/persistence-sqlite")
class ServerOnSqliteIT {
  private static final List<String> CONTRACTS =
      List.of("Changes", "Claims", "ConsumerLists", "Consumers", "Fleet", "Redrives", "RunReports");

  private final Example example = Example.named("persistence-sqlite");

  @Test
  @DisplayName("has passed every contract of storage in its own build")
  void contracts() throws IOException {
    for (var contract : CONTRACTS) {
      var report =
          Files.readString(
              example
                  .folder()
                  .resolve("target/surefire-reports")
                  .resolve("TEST-example.sqlite.Sqlite" + contract + "Test.xml"));

      assertTrue(report.contains("<testcase"), contract);
      assertTrue(!report.contains("<skipped"), contract);
    }
  }

  @Test
  @DisplayName("has a test for every contract of storage that there is")
  void everyContract() throws IOException {
    var folder =
        Project.ROOT.resolve("application/src/test/java/io/kafkafetch/application/contract");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          CONTRACTS,
          files
              .filter(file -> Project.read(file).contains("extends StorageContract"))
              .map(file -> file.getFileName().toString().replace("Contract.java", ""))
              .sorted()
              .toList());
    }
  }

  /** Its script wants to be told the JDK, which the end-to-end tests do not know of. */
  @Test
  @DisplayName("has a script that the end-to-end tests can start")
  void script() throws IOException {
    var script = Project.TARGET.resolve("server-on-sqlite");
    Files.writeString(
        script,
        """
        #!/usr/bin/env bash
        JAVA_HOME='%s' exec '%s' "$@"
        """
            .formatted(System.getProperty("java.home"), example.folder().resolve("run.sh")),
        UTF_8);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertEquals(List.of("Kafka Fetch Server " + Project.version()), say(script, "--version"));
  }

  @Test
  @DisplayName("refuses an address of another database in one line")
  void anotherDatabase(@TempDir Path folder) {
    var refused =
        Program.start(
            folder,
            Map.of(
                "DATABASE_URL",
                "postgresql://user:secret@host/db",
                "JAVA_HOME",
                System.getProperty("java.home")),
            List.of("bash", "-c", example.folder().resolve("run.sh") + "; test $? = 2"));

    assertEquals(
        List.of("DATABASE_URL: The database is given as sqlite:/path/to/file"),
        refused.awaitEnd(Duration.ofMinutes(1)));
  }

  private List<String> say(Path script, String argument) {
    try (var program =
        Program.start(example.folder(), Map.of(), List.of(script.toString(), argument))) {
      return program.awaitEnd(Duration.ofMinutes(1));
    }
  }
}
