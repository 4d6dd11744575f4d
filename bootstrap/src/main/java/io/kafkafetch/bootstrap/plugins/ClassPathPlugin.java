package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.domain.processor.ProcessorFactory;
import java.lang.module.ModuleDescriptor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * A plugin of which some jar is no module. Java would let such a jar read everything below its
 * layer, the server's libraries included, and refuse it where it brings one of them in another
 * version; so all jars of the plugin become one class path instead.
 */
final class ClassPathPlugin {
  private final List<PluginJar> jars;

  ClassPathPlugin(List<PluginJar> jars) {
    this.jars = jars;
  }

  List<ProcessorFactory> factories() throws UnusablePlugin {
    var loader = loader();
    try {
      var factories = new ArrayList<ProcessorFactory>();
      Set<Class<?>> classes = new LinkedHashSet<>();
      for (var factory : ServiceLoader.load(ProcessorFactory.class, loader)) {
        classes.add(factory.getClass());
        factories.add(factory);
      }
      // What a module provides counts here, too, although nothing else of its descriptor does.
      for (var name : provided()) {
        var type = loader.loadClass(name).asSubclass(ProcessorFactory.class);
        if (classes.add(type)) {
          factories.add(type.getConstructor().newInstance());
        }
      }
      return factories;
    } catch (ReflectiveOperationException
        | ClassCastException
        | ServiceConfigurationError
        | LinkageError fault) {
      throw UnusablePlugin.because("a processor in it cannot be made", fault);
    }
  }

  private List<String> provided() {
    return jars.stream()
        .flatMap(jar -> jar.descriptor().stream())
        .flatMap(descriptor -> descriptor.provides().stream())
        .filter(provides -> provides.service().equals(ProcessorFactory.class.getName()))
        .map(ModuleDescriptor.Provides::providers)
        .flatMap(List::stream)
        .toList();
  }

  /** Never closed: its classes are in use for as long as the server runs. */
  private ClassLoader loader() throws UnusablePlugin {
    try {
      var urls = new ArrayList<URL>();
      for (var jar : jars) {
        urls.add(jar.path().toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(URL[]::new), new SharedClasses());
    } catch (MalformedURLException e) {
      throw UnusablePlugin.because("its jars have no address", e);
    }
  }
}
