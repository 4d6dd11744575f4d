package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of processors on our module path and those of the plugins in a folder. What a plugin
 * says about itself is asked here for the first time: one that cannot even say its name stops the
 * start, with a line that names it.
 */
public final class InstalledProcessors {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledProcessors.class);
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final String SERVER = "the server itself";

  /** Who brings each type. */
  private final Map<String, String> origins = new LinkedHashMap<>();

  private final List<ProcessorFactory> factories = new ArrayList<>();

  private InstalledProcessors() {}

  /**
   * All of them.
   *
   * @param folder need not exist
   * @throws StartFailure when a plugin in it cannot be used
   */
  public static List<ProcessorFactory> with(Path folder) {
    var installed = new InstalledProcessors();
    ServiceLoader.load(ProcessorFactory.class)
        .forEach(factory -> installed.add(factory.type(), SERVER, factory));
    for (var plugin : Plugin.in(folder)) {
      installed.add(plugin);
    }
    return List.copyOf(installed.factories);
  }

  private void add(Plugin plugin) {
    try {
      var types = new ArrayList<String>();
      for (var factory : plugin.factories()) {
        var type = type(factory);
        add(type, "plugin " + plugin.path(), factory);
        types.add(type);
      }
      LOG.info("Plugin {}: {}", plugin.path(), String.join(", ", types));
    } catch (UnusablePlugin unusable) {
      throw new StartFailure(
          "Plugin " + plugin.path() + " cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  private static String type(ProcessorFactory factory) throws UnusablePlugin {
    try {
      var type = factory.type();
      if (type == null || !TYPE.matcher(type).matches()) {
        throw new UnusablePlugin(
            factory.getClass().getName()
                + " calls its type \""
                + type
                + "\"; a name is 1 to 100 letters, digits, dots, underscores and hyphens");
      }
      if (factory.description() == null || factory.schema() == null) {
        throw new UnusablePlugin(type + " has no description or no schema");
      }
      return type;
    } catch (RuntimeException | Error fault) {
      throw UnusablePlugin.because(
          factory.getClass().getName() + " does not say what it is", fault);
    }
  }

  private void add(String type, String origin, ProcessorFactory factory) {
    var other = origins.putIfAbsent(type, origin);
    if (other != null) {
      throw new StartFailure(
          "The processor type "
              + type
              + " is there twice: from "
              + other
              + " and from "
              + origin
              + ". Remove one of them");
    }
    factories.add(factory);
  }
}
