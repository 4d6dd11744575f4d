package io.kafkafetch.bootstrap.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An installed server")
class InstalledIT {
  @Test
  @DisplayName("starts from wherever it is called, through a link, too")
  void starts(@TempDir Path folder) throws IOException {
    var home = folder.resolve("opt");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(
        Repository.ROOT.resolve("deploy/kafka-fetch-server"),
        home.resolve("bin/kafka-fetch-server"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(
        home.resolve("modules"), Repository.ROOT.resolve("bootstrap/target/modules"));
    var link =
        Files.createSymbolicLink(folder.resolve("server"), home.resolve("bin/kafka-fetch-server"));
    var jdk = Program.of(Repository.RUN.toString(), "--print-jdk").run().lastLine();

    var installed = Program.of(link.toString(), "--version").with("JAVA_HOME", jdk).run();

    assertEquals(0, installed.exitCode(), installed.text());
    assertEquals(Program.of(Repository.RUN.toString(), "--version").run().text(), installed.text());
  }
}
