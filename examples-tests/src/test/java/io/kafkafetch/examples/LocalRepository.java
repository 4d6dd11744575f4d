package io.kafkafetch.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local repository of Maven's that holds what this build has just packaged, and links to whatever
 * has been downloaded before. The real one is left without our artifacts: a version that was once
 * installed there would hide every later one.
 */
final class LocalRepository {
  private static final String GROUP = "kafkafetch";

  private LocalRepository() {}

  /** Makes it anew. */
  static Path in(Path folder, Path real) throws IOException {
    Project.delete(folder);
    Files.createDirectories(folder.resolve("io").resolve(GROUP));
    link(real, folder, List.of("io"));
    link(real.resolve("io"), folder.resolve("io"), List.of(GROUP));
    var ours = folder.resolve("io").resolve(GROUP);
    var version = Project.version();
    install(ours, "kafka-fetch-server", version, Project.ROOT.resolve("pom.xml"), List.of());
    for (var module : Project.publishedModules()) {
      var pom = Project.pom(module);
      var jars = Project.read(pom).contains("<packaging>pom<") ? List.<Path>of() : jars(module);
      install(ours, module, version, pom, jars);
    }
    return folder;
  }

  private static void link(Path from, Path to, List<String> without) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> children = Files.list(from)) {
      for (var child : children.toList()) {
        var name = child.getFileName();
        if (!without.contains(name.toString())) {
          Files.createSymbolicLink(to.resolve(name), child);
        }
      }
    }
  }

  private static List<Path> jars(String module) throws IOException {
    var target = Project.ROOT.resolve(module).resolve("target");
    try (Stream<Path> files = Files.walk(target, 2)) {
      var prefix = module + "-" + Project.version();
      var jars =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.toString().endsWith(".jar"))
              .toList();
      assertTrue(!jars.isEmpty(), () -> "Package " + module + " first: there is no jar of it");
      return jars;
    }
  }

  private static void install(Path ours, String name, String version, Path pom, List<Path> jars)
      throws IOException {
    var folder = Files.createDirectories(ours.resolve(name).resolve(version));
    Files.copy(pom, folder.resolve(name + "-" + version + ".pom"));
    for (var jar : jars) {
      Files.copy(jar, folder.resolve(jar.getFileName()));
    }
  }
}
