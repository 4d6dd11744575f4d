package io.kafkafetch.bootstrap.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every command, path and setting that these files name is really there. */
@DisplayName("The files for installing the server")
class DeployTest {
  private static final Path ROOT = root();
  private static final Set<String> SETTINGS =
      Arrays.stream(Setting.values()).map(Setting::name).collect(Collectors.toSet());

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return folder.endsWith("bootstrap") ? folder.resolve("..").normalize() : folder;
  }

  private static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String only(String pattern, String text) {
    var found = found(pattern, text);
    assertEquals(1, found.size(), pattern + " in " + text);
    return found.getFirst();
  }

  @Test
  @DisplayName("start the same program with the same options as run.sh")
  void sameProgram() {
    var run = read("run.sh");
    var installed = read("deploy/kafka-fetch-server");
    var options =
        found("^ {2}(-.*)$", run.substring(run.indexOf("options=("), run.indexOf("\n)\n")));

    assertTrue(options.size() >= 4, options.toString());
    assertEquals(options, found("^ {2}(-(?:XX|-).*) \\\\$", installed));
    var collector = "^( {2}1:\\* \\| 2:\\*\\).*-XX:\\+UseSerialGC).*$";
    assertEquals(
        only(collector, run).replace("options+=(", ""),
        only(collector, installed).replace("collector=", ""));
    assertEquals(
        only("^main=\\(-p \\S+ -m (\\S+)\\)$", run), only(" -m (\\S+) \"\\$@\"$", installed));
    assertTrue(Files.isExecutable(ROOT.resolve("deploy/kafka-fetch-server")));
  }

  @Test
  @DisplayName("put into the image what the build makes, and start it there")
  void image() {
    var image = read("deploy/Dockerfile");
    var modules = only("^COPY --from=build /src/(\\S+) /opt/kafka-fetch-server/modules$", image);
    var script = only("^COPY (deploy/\\S+) /opt/kafka-fetch-server/bin/kafka-fetch-server$", image);

    assertTrue(read("run.sh").contains("modules=\"$root/" + modules + "\""), modules);
    assertTrue(Files.exists(ROOT.resolve(script)), script);
    assertEquals(
        "/opt/kafka-fetch-server/bin/kafka-fetch-server", only("^ENTRYPOINT \\[\"(.*)\"]$", image));
    assertEquals(Setting.HTTP_PORT.standard(), only("^EXPOSE (\\d+)$", image));
    assertSettings(found("^(?:ENV | {4})([A-Z_]+)=", image));
    assertTrue(image.contains("${HTTP_PORT:-" + Setting.HTTP_PORT.standard() + "}"), image);
  }

  @Test
  @DisplayName("tell the service where everything is")
  void service() {
    var unit = read("deploy/systemd/kafka-fetch-server.service");

    assertEquals(
        only("^ENTRYPOINT \\[\"(.*)\"]$", read("deploy/Dockerfile")),
        only("^ExecStart=(.*)$", unit));
    assertSettings(found("^Environment=([A-Z_]+)=", unit));
    // A stop takes at most 15 s.
    assertTrue(Integer.parseInt(only("^TimeoutStopSec=(\\d+)$", unit)) > 15);
  }

  @Test
  @DisplayName("give the composed services settings and files that there are")
  void compose() {
    var compose = read("deploy/compose.yaml");
    var server = compose.substring(0, compose.indexOf("\n  kafka:\n"));

    assertSettings(found("^ {6}([A-Z_]+): ", server));
    assertEquals("deploy/Dockerfile", only("dockerfile: (\\S+)$", compose));
    var port = Setting.HTTP_PORT.standard();
    assertTrue(server.contains("\"127.0.0.1:" + port + ":" + port + "\""), server);
    for (var file : found("^ {6}- \\./([^:]+):", compose)) {
      assertTrue(Files.exists(ROOT.resolve("deploy").resolve(file)), file);
    }
    var target = only("targets: \\[\"(.*)\"]", read("deploy/prometheus/compose.yml"));
    assertEquals(only("HTTP_ALLOWED_HOSTS: (\\S+)$", server) + ":" + port, target);
    assertEquals(
        only("\"--config.file=(\\S+)\"", compose),
        only("^ {6}- \\./prometheus/compose.yml:([^:]+):ro$", compose));
    var dashboards = only("path: (\\S+)$", read("deploy/grafana/dashboards.yml"));
    assertTrue(compose.contains("kafka-fetch-server.json:" + dashboards + "/"), dashboards);
  }

  private static void assertSettings(List<String> names) {
    assertTrue(!names.isEmpty() && SETTINGS.containsAll(names), names + " of " + SETTINGS);
  }
}
