package io.kafkafetch.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's own files, as they lie beside this module. */
final class Repository {
  static final Path ROOT = root();

  /** Where what breaks the rules on purpose is kept. */
  static final Path PLANTED =
      ROOT.resolve("architecture-tests/src/test/java/io/kafkafetch/architecture/planted");

  private static final Pattern MODULE = Pattern.compile("<module>([a-z-]+)</module>");

  private Repository() {}

  /** The folders of all Maven modules. */
  static List<String> modules() {
    return MODULE
        .matcher(read(ROOT.resolve("pom.xml")))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  /** The compiled classes of all modules that have any; this one has none but tests. */
  static List<Path> classes() {
    return modules().stream()
        .map(module -> ROOT.resolve(module).resolve("target/classes"))
        .filter(folder -> Files.exists(folder.resolve("module-info.class")))
        .toList();
  }

  /** The compiled tests of all modules but this one. */
  static List<Path> testClasses() {
    return modules().stream()
        .filter(module -> !module.equals("architecture-tests"))
        .map(module -> ROOT.resolve(module).resolve("target/test-classes"))
        .filter(Files::isDirectory)
        .toList();
  }

  /** Every hand-written Java file below {@code folder} in every module. */
  static List<Path> sources(String folder) {
    return modules().stream()
        .map(module -> ROOT.resolve(module).resolve(folder))
        .filter(Files::isDirectory)
        .flatMap(path -> javaFiles(path).stream())
        .filter(path -> !path.startsWith(PLANTED))
        .toList();
  }

  static List<Path> javaFiles(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return folder.endsWith("architecture-tests") ? folder.resolve("..").normalize() : folder;
  }
}
