package io.kafkafetch.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The class path of the broker's JVM. Kafka's server jars travel in this artifact as plain files:
 * used where they lie in an exploded build, unpacked once into the cache from a jar.
 */
final class BrokerClassPath {
  static final String MAIN_CLASS = "io.kafkafetch.embedded.broker.BrokerMain";

  private static final String JARS = "broker-jars/";
  private static final String MAIN_CLASS_FOLDER = "io/kafkafetch/embedded/broker/";

  private BrokerClassPath() {}

  static String in(Path cache) {
    var artifact = artifact();
    try {
      var root = Files.isDirectory(artifact) ? artifact : unpacked(artifact, cache);
      var paths = new ArrayList<Path>(List.of(root));
      var index = Files.readString(root.resolve(JARS + "index")).strip();
      Arrays.stream(index.split("\\|", -1)).map(root::resolve).forEach(paths::add);
      return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new EmbeddedException("Kafka's server jars are not in " + artifact + ": " + e, e);
    }
  }

  private static Path artifact() {
    var source = BrokerClassPath.class.getProtectionDomain().getCodeSource();
    if (source == null || !"file".equals(source.getLocation().getProtocol())) {
      throw new EmbeddedException(
          "The module io.kafkafetch.embedded must be loaded from a jar or a folder");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new EmbeddedException("No place in the file system: " + source.getLocation(), e);
    }
  }

  private static Path unpacked(Path jar, Path cache) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      var entries =
          file.stream()
              .filter(entry -> !entry.isDirectory())
              .filter(entry ->
                  entry.getName().startsWith(JARS) || entry.getName().startsWith(MAIN_CLASS_FOLDER))
              .toList();
      return UnpackedFolder.in(
          cache, "broker-" + fingerprint(entries), folder -> unpack(file, entries, folder));
    }
  }

  private static void unpack(JarFile jar, List<JarEntry> entries, Path folder) throws IOException {
    for (var entry : entries) {
      var target = folder.resolve(entry.getName());
      Files.createDirectories(target.getParent());
      try (var in = jar.getInputStream(entry)) {
        Files.copy(in, target);
      }
    }
  }

  /** Names and checksums are in the jar's directory: nothing needs to be read to tell versions. */
  private static String fingerprint(List<JarEntry> entries) {
    var crc = new CRC32();
    for (var entry : entries) {
      crc.update((entry.getName() + entry.getSize() + entry.getCrc()).getBytes(UTF_8));
    }
    return "%08x".formatted(crc.getValue());
  }
}
