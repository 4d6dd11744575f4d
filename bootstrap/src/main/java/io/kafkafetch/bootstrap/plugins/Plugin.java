package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A jar in the plugins' folder, or a folder there that holds a jar together with the libraries that
 * it brings. Each has its own class loader: no plugin sees another one, or the server's libraries.
 *
 * @param jars what it consists of, sorted
 */
record Plugin(Path path, List<Path> jars) {
  private static final Logger LOG = LoggerFactory.getLogger(Plugin.class);

  /** Those in a folder, sorted; none when it does not exist. */
  static List<Plugin> in(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    if (!Files.isDirectory(folder)) {
      throw new StartFailure("PLUGINS_DIR " + folder + " is no folder");
    }
    try {
      var plugins = new ArrayList<Plugin>();
      for (var entry : entries(folder)) {
        var jars = Files.isDirectory(entry) ? jars(entry) : jars(List.of(entry));
        if (jars.isEmpty()) {
          LOG.warn("{} in PLUGINS_DIR is no jar, and no folder with one: it is ignored", entry);
        } else {
          plugins.add(new Plugin(entry, jars));
        }
      }
      return plugins;
    } catch (IOException e) {
      throw new StartFailure("PLUGINS_DIR " + folder + " cannot be read: " + e, e);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    return jars(entries(folder));
  }

  private static List<Path> jars(List<Path> files) {
    return files.stream()
        .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
        .filter(Files::isRegularFile)
        .toList();
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(it -> !it.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  /** The processors that it provides, at least one. */
  List<ProcessorFactory> factories() throws UnusablePlugin {
    var own = PluginJar.read(jars);
    var factories =
        own.stream().allMatch(PluginJar::isModule)
            ? new ModularPlugin(own).factories()
            : new ClassPathPlugin(own).factories();
    if (factories.isEmpty()) {
      throw new UnusablePlugin(
          "nothing in it provides "
              + ProcessorFactory.class.getName()
              + ". A library belongs in a folder together with the plugin that needs it");
    }
    return factories;
  }
}
