package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processors on our module path and those in the jars of a folder. A jar there is a module, or
 * is made one, and sees the modules of the server.
 */
public final class InstalledProcessors {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledProcessors.class);

  private InstalledProcessors() {}

  /**
   * All of them.
   *
   * @param folder need not exist
   * @throws StartFailure when a jar in it cannot be used
   */
  public static List<ProcessorFactory> with(Path folder) {
    try {
      var loader =
          Files.isDirectory(folder)
              ? ServiceLoader.load(layer(folder), ProcessorFactory.class)
              : ServiceLoader.load(ProcessorFactory.class);
      List<ProcessorFactory> factories = loader.stream().map(ServiceLoader.Provider::get).toList();
      LOG.debug(
          "Installed processors: {}",
          factories.stream()
              .map(ProcessorFactory::type)
              .sorted()
              .collect(Collectors.joining(", ")));
      return factories;
    } catch (FindException | ResolutionException | ServiceConfigurationError e) {
      throw new StartFailure("PLUGINS_DIR " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static ModuleLayer layer(Path folder) {
    var finder = ModuleFinder.of(folder);
    var names =
        finder.findAll().stream()
            .map(reference -> reference.descriptor().name())
            .collect(Collectors.toSet());
    var boot = ModuleLayer.boot();
    // Ours come first: a jar that brings a library that we have shares ours.
    var configuration = boot.configuration().resolveAndBind(ModuleFinder.of(), finder, names);
    return boot.defineModulesWithOneLoader(
        configuration, InstalledProcessors.class.getClassLoader());
  }
}
