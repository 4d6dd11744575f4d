package io.kafkafetch.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This project's own files. */
final class Project {
  static final Path ROOT = root();
  static final Path EXAMPLES = ROOT.resolve("examples");
  static final Path TARGET = ROOT.resolve("examples-tests/target");

  private static final Pattern VERSION = Pattern.compile("\n  <version>([^<]+)</version>");
  private static final Pattern MODULE = Pattern.compile("<module>([a-z-]+)</module>");

  private Project() {}

  static String version() {
    var matcher = VERSION.matcher(read(ROOT.resolve("pom.xml")));
    if (!matcher.find()) {
      throw new IllegalStateException("The project's pom.xml has no version");
    }
    return matcher.group(1);
  }

  /** The modules whose artifacts others may depend on. */
  static List<String> publishedModules() {
    return MODULE
        .matcher(read(ROOT.resolve("pom.xml")))
        .results()
        .map(result -> result.group(1))
        .filter(module -> !read(pom(module)).contains("<maven.deploy.skip>true<"))
        .toList();
  }

  static Path pom(String module) {
    return ROOT.resolve(module).resolve("pom.xml");
  }

  /** The folders under {@code examples/} that are Maven projects. */
  static List<String> examples() {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
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

  /** Deletes a folder with all that is in it; links are removed, not followed. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    return folder.endsWith("examples-tests") ? folder.resolve("..").normalize() : folder;
  }
}
