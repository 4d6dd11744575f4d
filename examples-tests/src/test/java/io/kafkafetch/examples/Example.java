package io.kafkafetch.examples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An example that was built. {@code mvn package} leaves its jar in {@code target} and what it runs
 * on in {@code target/lib}.
 */
record Example(Path folder) {
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final String CALM = "-Xmx256m";

  /** An example of that name; the first call builds all of them. */
  static Example named(String name) {
    return new Example(ExampleBuild.folder().resolve(name));
  }

  /** Starts a class of it on a plain class path. */
  Program onClassPath(String main, String... arguments) {
    return onClassPathWith(List.of(), main, arguments);
  }

  /** The same with further jars behind it. */
  Program onClassPathWith(List<Path> more, String main, String... arguments) {
    var path = new ArrayList<String>();
    path.add(jar().toString());
    path.add(libraries() + "/*");
    more.forEach(jar -> path.add(jar.toString()));
    return start(List.of("-cp", String.join(File.pathSeparator, path), main), arguments);
  }

  /** Starts it on the module path; {@code main} is {@code module/class}. */
  Program onModulePath(String main, String... arguments) {
    return start(List.of("-p", jar() + File.pathSeparator + libraries(), "-m", main), arguments);
  }

  private Program start(List<String> options, String... arguments) {
    var command = new ArrayList<>(List.of(JAVA, CALM));
    command.addAll(options);
    command.addAll(List.of(arguments));
    return Program.start(folder, Map.of(), command);
  }

  /** The artifact itself. */
  Path jar() {
    try (Stream<Path> files = Files.list(folder.resolve("target"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of what it runs on. */
  Path libraries() {
    return folder.resolve("target/lib");
  }
}
