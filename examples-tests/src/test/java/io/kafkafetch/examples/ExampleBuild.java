package io.kafkafetch.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds every example as a stranger would: copied away from this project, against the artifacts
 * that this build has just packaged. One Maven builds them all, since starting it costs most; tests
 * of examples run in that build.
 */
final class ExampleBuild {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** What has been tried is not tried again: every test would wait for the same failure. */
  private static final class Once {
    private static final Path FOLDER = build();
  }

  private ExampleBuild() {}

  /** Where the built examples are. */
  static Path folder() {
    return Once.FOLDER;
  }

  private static Path build() {
    try {
      var repository = LocalRepository.in(Project.TARGET.resolve("repository"), realRepository());
      var folder = Project.TARGET.resolve("examples");
      Project.delete(folder);
      for (var example : Project.examples()) {
        copy(Project.EXAMPLES.resolve(example), folder.resolve(example));
      }
      Files.writeString(folder.resolve("pom.xml"), allOf(Project.examples()), UTF_8);
      run(folder, repository);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Path folder, Path repository) {
    var command =
        List.of(
            Path.of(property("maven.home"), "bin", "mvn").toString(),
            "-B",
            "-ntp",
            "-Dmaven.repo.local=" + repository,
            "package");
    // The examples ask for the JDK that a stranger has set.
    try (var maven =
        Program.start(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), command)) {
      maven.awaitEnd(LIMIT);
    }
  }

  private static Path realRepository() {
    return Path.of(property("local.repository"));
  }

  /** What the build says of itself. */
  static String property(String name) {
    return Objects.requireNonNull(
        System.getProperty(name), () -> "Run this with mvn verify, which says " + name);
  }

  /** A project that has nothing but the others. */
  private static String allOf(List<String> examples) {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>com.example</groupId>
      <artifactId>all</artifactId>
      <version>1.0.0</version>
      <packaging>pom</packaging>
      <modules>
    %s
      </modules>
    </project>
    """
        .formatted(
            examples.stream()
                .map(example -> "    <module>" + example + "</module>")
                .collect(Collectors.joining("\n")));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          var copy = to.resolve(relative.toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }
}
