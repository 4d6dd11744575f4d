package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.domain.processor.ProcessorFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A jar that a test writes the sources of. */
final class TestJar {
  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();

  /** With a file of source or configuration, by its path in the jar. */
  TestJar with(String path, String text) {
    files.put(path, text);
    return this;
  }

  /** With a module descriptor. */
  TestJar module(String name, String directives) {
    return with("module-info.java", "module " + name + " {" + directives + "}");
  }

  /** Compiled against another jar. */
  TestJar using(Path jar) {
    libraries.add(jar);
    return this;
  }

  /** With a processor that is described by a Java expression. */
  TestJar processor(String className, String type, String description) {
    int dot = className.lastIndexOf('.');
    return with(
        className.replace('.', '/') + ".java",
        """
        package %s;
        import io.kafkafetch.domain.processor.*;
        import java.util.List;
        public final class %s implements ProcessorFactory {
          public String type() { return "%s"; }
          public String description() { return %s; }
          public ConfigSchema schema() {
            return ConfigSchema.of(
                ConfigField.required("colour", new FieldType.Choice(List.of("red", "blue")), "?"));
          }
          public List<Violation> validate(ProcessorPlan plan) { return List.of(); }
          public Processor open(ProcessorContext context) { throw new IllegalStateException(); }
          static String present(String name) {
            try {
              Class.forName(name);
              return name + " is there";
            } catch (ClassNotFoundException e) {
              return name + " is absent";
            }
          }
        }
        """
            .formatted(
                className.substring(0, dot), className.substring(dot + 1), type, description));
  }

  /** Compiles it. */
  Path at(Path jar) {
    try {
      Files.createDirectories(jar.getParent());
      var sources = Files.createTempDirectory("sources");
      var classes = Files.createTempDirectory("classes");
      var javaFiles = new ArrayList<String>();
      for (var file : files.entrySet()) {
        boolean source = file.getKey().endsWith(".java");
        var path = (source ? sources : classes).resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
        if (source) {
          javaFiles.add(path.toString());
        }
      }
      var path =
          Stream.of(Stream.of(domain().toString()), annotations(), libraries.stream())
              .flatMap(all -> all.map(Object::toString))
              .collect(Collectors.joining(java.io.File.pathSeparator));
      var option = files.containsKey("module-info.java") ? "--module-path" : "--class-path";
      run(
          "javac",
          Stream.concat(Stream.of(option, path, "-d", classes.toString()), javaFiles.stream()));
      run("jar", Stream.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the domain is compiled to. */
  static Path domain() {
    try {
      return Path.of(
          ProcessorFactory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever is compiled against the domain needs the annotations that are in it. */
  private static Stream<String> annotations() {
    return Stream.of(System.getProperty("jdk.module.path").split(java.io.File.pathSeparator))
        .filter(path -> path.contains("jspecify"));
  }

  private static void run(String tool, Stream<String> arguments) {
    var said = new StringWriter();
    var writer = new PrintWriter(said, true);
    var found = ToolProvider.findFirst(tool).orElseThrow();
    if (found.run(writer, writer, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError(tool + ": " + said);
    }
  }
}
