package io.kafkafetch.bootstrap.plugins;

import io.kafkafetch.domain.processor.ProcessorFactory;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a plugin sees of the server: Java itself, the domain with the processor port, and SLF4J, so
 * that its log lines are among ours. Nothing else: a library that the server uses is not there for
 * a plugin, and one that the plugin brings is not overshadowed.
 */
final class SharedClasses extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final Set<Module> SHARED =
      Stream.of(ProcessorFactory.class.getModule(), Logger.class.getModule())
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> SHARED_PACKAGES = packages(SHARED.stream());

  /** Needed because Java's platform class loader also finds the classes of the server's modules. */
  private static final Set<String> JAVA_PACKAGES =
      packages(ModuleLayer.boot().modules().stream().filter(module -> isJava(module.getName())));

  private static final Set<String> SERVER_PACKAGES =
      packages(ModuleLayer.boot().modules().stream());

  /** Annotations that the domain is compiled with: whose they are makes no difference. */
  private static final String ANNOTATIONS = "org.jspecify";

  private final ClassLoader server;

  SharedClasses() {
    super("shared with plugins", ClassLoader.getPlatformClassLoader());
    server = SharedClasses.class.getClassLoader();
  }

  /** Whether a module of that name is the server's, even where a plugin brings one. */
  static boolean isShared(String module) {
    return names().anyMatch(module::equals);
  }

  /** Whether a plugin's module may read the server's module of that name. */
  static boolean isVisible(String module) {
    return isJava(module) || module.equals(ANNOTATIONS) || isShared(module);
  }

  private static boolean isJava(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  /** What may be required, in words. */
  static String visible() {
    return "Java's own modules, " + names().sorted().collect(Collectors.joining(" and "));
  }

  private static Stream<String> names() {
    return SHARED.stream().map(Module::getName);
  }

  private static Set<String> packages(Stream<Module> modules) {
    return modules
        .flatMap(module -> module.getPackages().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String packageOf(String name, char separator) {
    int end = name.lastIndexOf(separator);
    return end < 0 ? "" : name.substring(0, end).replace(separator, '.');
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    var where = packageOf(name, '.');
    if (SHARED_PACKAGES.contains(where)) {
      return server.loadClass(name);
    }
    if (JAVA_PACKAGES.contains(where)) {
      return super.loadClass(name, resolve);
    }
    throw new ClassNotFoundException(name);
  }

  @Override
  public @Nullable URL getResource(String name) {
    return isHidden(name) ? null : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getResources(name);
  }

  private static boolean isHidden(String resource) {
    var where = packageOf(resource, '/');
    return SERVER_PACKAGES.contains(where) && !JAVA_PACKAGES.contains(where);
  }
}
