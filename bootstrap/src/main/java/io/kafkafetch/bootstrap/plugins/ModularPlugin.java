package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.domain.processor.ProcessorFactory;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** A plugin of which every jar is a module: they become a module layer of their own above ours. */
final class ModularPlugin {
  private final List<PluginJar> jars;

  ModularPlugin(List<PluginJar> jars) {
    this.jars = jars;
  }

  List<ProcessorFactory> factories() throws UnusablePlugin {
    try {
      var layer = layer(resolved());
      return ServiceLoader.load(layer, ProcessorFactory.class).stream()
          // The loader also looks into the layers below, where ours are.
          .filter(provider -> layer.equals(provider.type().getModule().getLayer()))
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (ServiceConfigurationError | LinkageError fault) {
      throw UnusablePlugin.because("a processor in it cannot be made", fault);
    }
  }

  /** Its own modules come first, and of ours it may read only those that all plugins share. */
  private Configuration resolved() throws UnusablePlugin {
    Configuration configuration;
    try {
      var modules = new PluginModules(jars);
      configuration =
          ModuleLayer.boot()
              .configuration()
              .resolveAndBind(modules, ModuleFinder.of(), modules.names());
    } catch (FindException | ResolutionException | SecurityException e) {
      throw new UnusablePlugin(
          e.getMessage() + ". A library that a plugin needs belongs in a folder together with it");
    }
    var hidden = new TreeSet<String>();
    for (var module : configuration.modules()) {
      for (var read : module.reads()) {
        if (!read.configuration().equals(configuration) && !SharedClasses.isVisible(read.name())) {
          hidden.add(module.name() + " requires " + read.name());
        }
      }
    }
    if (!hidden.isEmpty()) {
      throw new UnusablePlugin(
          String.join(", ", hidden)
              + ", which is the server's own. Of the server a plugin sees "
              + SharedClasses.visible()
              + "; put any other library into a folder together with the plugin");
    }
    return configuration;
  }

  private static ModuleLayer layer(Configuration configuration) throws UnusablePlugin {
    try {
      return ModuleLayer.boot().defineModulesWithOneLoader(configuration, new SharedClasses());
    } catch (LayerInstantiationException | SecurityException e) {
      throw UnusablePlugin.because("its modules do not go together", e);
    }
  }
}
