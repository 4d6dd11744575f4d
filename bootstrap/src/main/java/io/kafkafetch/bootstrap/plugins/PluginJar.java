package io.kafkafetch.bootstrap.plugins;

import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * A jar of a plugin.
 *
 * @param descriptor what the module in it says; empty for a jar that is none
 */
record PluginJar(Path path, Optional<ModuleDescriptor> descriptor) {
  private static final String MODULE_INFO = "module-info.class";

  boolean isModule() {
    return descriptor.isPresent();
  }

  /** All of them but those that the server shares with every plugin. */
  static List<PluginJar> read(List<Path> paths) throws UnusablePlugin {
    var jars = new ArrayList<PluginJar>();
    for (var path : paths) {
      var jar = new PluginJar(path, descriptor(path));
      if (jar.descriptor().filter(it -> SharedClasses.isShared(it.name())).isEmpty()) {
        jars.add(jar);
      }
    }
    return List.copyOf(jars);
  }

  private static Optional<ModuleDescriptor> descriptor(Path path) throws UnusablePlugin {
    try (var jar = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, Runtime.version())) {
      if (jar.getJarEntry(MODULE_INFO) == null) {
        return Optional.empty();
      }
      return ModuleFinder.of(path).findAll().stream().map(it -> it.descriptor()).findFirst();
    } catch (IOException | FindException | SecurityException e) {
      throw UnusablePlugin.because(path.getFileName() + " cannot be read", e);
    }
  }
}
