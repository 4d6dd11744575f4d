package io.kafkafetch.bootstrap.plugins;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the modules of a plugin. Where one of them has an optional use for a library that the
 * plugin does not bring, that library is absent, although the server may have it.
 */
final class PluginModules implements ModuleFinder {
  private final Map<String, ModuleReference> modules = new HashMap<>();

  PluginModules(List<PluginJar> jars) {
    var found = ModuleFinder.of(jars.stream().map(PluginJar::path).toArray(Path[]::new)).findAll();
    var names = found.stream().map(it -> it.descriptor().name()).toList();
    for (var reference : found) {
      modules.put(reference.descriptor().name(), new Isolated(reference, names));
    }
  }

  @Override
  public Optional<ModuleReference> find(String name) {
    return Optional.ofNullable(modules.get(name));
  }

  @Override
  public Set<ModuleReference> findAll() {
    return Set.copyOf(modules.values());
  }

  Set<String> names() {
    return Set.copyOf(modules.keySet());
  }

  private static final class Isolated extends ModuleReference {
    private final ModuleReference original;

    Isolated(ModuleReference original, List<String> present) {
      super(isolated(original.descriptor(), present), original.location().orElse(null));
      this.original = original;
    }

    @Override
    public ModuleReader open() throws IOException {
      return original.open();
    }

    private static ModuleDescriptor isolated(ModuleDescriptor from, List<String> present) {
      var to = ModuleDescriptor.newModule(from.name(), from.modifiers());
      from.requires().stream()
          .filter(it ->
              !it.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)
                  || present.contains(it.name())
                  || SharedClasses.isVisible(it.name()))
          .forEach(to::requires);
      from.exports().forEach(to::exports);
      from.opens().forEach(to::opens);
      from.uses().forEach(to::uses);
      from.provides().forEach(to::provides);
      return to.packages(from.packages()).build();
    }
  }
}
