package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("run.sh")
class CommandLineIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("--help lists every setting, and no other")
  void help() {
    var help = Program.of(Repository.RUN.toString(), "--help").run();

    assertEquals(0, help.exitCode());
    assertEquals(
        ServerSettings.NAMES,
        help.lines().stream()
            .filter(line -> line.matches("  [A-Z][A-Z_]+ .*"))
            .map(line -> line.strip().split(" ", 2)[0])
            .collect(Collectors.toSet()));
  }

  @Test
  @DisplayName("--version says the version that Maven builds")
  void version() {
    var version = Program.of(Repository.RUN.toString(), "--version").run();

    assertEquals(0, version.exitCode());
    assertTrue(version.text().matches("Kafka Fetch Server \\d+\\.\\d+\\.\\d+\n"), version.text());
    assertTrue(
        Repository.read("pom.xml")
            .contains("<version>" + version.text().strip().split(" ", 4)[3] + "</version>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | 70000 | HTTP_PORT must be a whole number from 0 to 65535, not \"70000\"",
        "KAFKA_BOOTSTRAP_SERVERS | kafka | KAFKA_BOOTSTRAP_SERVERS must be host:port,host:port, not"
            + " \"kafka\"",
        "LOG_LEVEL | LOUD | LOG_LEVEL must be DEBUG, INFO, WARN or ERROR, not \"LOUD\"",
      })
  @DisplayName("refuses a wrong setting in one line")
  void wrongSetting(String name, String value, String line) {
    var outcome = Program.of(Repository.RUN.toString()).in(folder).with(name, value).run();

    assertEquals(2, outcome.exitCode());
    assertEquals(line + "\n", outcome.text());
  }

  @Test
  @DisplayName("refuses an unknown argument in one line")
  void unknownArgument() {
    var outcome = Program.of(Repository.RUN.toString(), "--verbose").in(folder).run();

    assertEquals(2, outcome.exitCode());
    assertEquals("Unknown argument --verbose: try --help\n", outcome.text());
  }

  @Test
  @DisplayName("says in one line what to install when there is no JDK that is new enough")
  void noJdk() throws IOException {
    var script = folder.resolve("run.sh");
    var wantsMore = Repository.read("run.sh").replaceFirst("(?m)^wanted=25$", "wanted=999");
    Files.writeString(script, wantsMore);

    var outcome = Program.of("bash", script.toString()).in(folder).run();

    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.lines().size(), outcome.text());
    assertTrue(
        outcome.text().startsWith("A JDK 999 or newer is needed and none was found: install one"),
        outcome.text());
  }

  @Test
  @DisplayName("says in one line what to install when it has to build and there is no Maven")
  void noMaven() throws IOException {
    var script = folder.resolve("run.sh");
    var looksElsewhere = Repository.read("run.sh").replace("command -v mvn", "command -v no-mvn");
    Files.writeString(script, looksElsewhere);
    Files.createDirectories(folder.resolve("module/src/main"));

    var outcome =
        Program.of("bash", script.toString())
            .in(folder)
            .with("MAVEN_HOME", "")
            .with("M2_HOME", "")
            .with("SDKMAN_DIR", folder.toString())
            .run();

    assertEquals(1, outcome.exitCode(), outcome.text());
    assertEquals(1, outcome.lines().size(), outcome.text());
    assertTrue(outcome.text().startsWith("Maven is needed to build the server"), outcome.text());
  }
}
