package io.kafkafetch.architecture;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each module's descriptor may say. What is not listed is not allowed. */
final class ModuleRules {
  private static final String PRODUCT = "io.kafkafetch.";
  private static final String PROCESSOR_FACTORY = "io.kafkafetch.domain.processor.ProcessorFactory";

  /**
   * One module, by names without our prefix where they are ours.
   *
   * @param requires besides {@code java.base}
   * @param exports packages, to everyone
   */
  private record Allowed(Set<String> requires, Set<String> exports) {}

  private static final Map<String, Allowed> ALLOWED =
      Map.of(
          "domain",
              new Allowed(
                  Set.of("org.jspecify"),
                  Set.of("domain.consumer", "domain.event", "domain.lag", "domain.processor")),
          "application",
              new Allowed(
                  Set.of("domain", "org.slf4j"),
                  Set.of(
                      "application",
                      "application.delivery",
                      "application.driven",
                      "application.driving",
                      "application.memory")),
          "adapter.http",
              new Allowed(
                  Set.of(
                      "application",
                      "org.slf4j",
                      "io.javalin",
                      "com.fasterxml.jackson.core",
                      "com.fasterxml.jackson.databind",
                      "jakarta.servlet",
                      "jdk.management",
                      "micrometer.core",
                      "micrometer.registry.prometheus",
                      "io.prometheus.metrics.model",
                      "org.eclipse.jetty.http",
                      "org.eclipse.jetty.io",
                      "org.eclipse.jetty.server",
                      "org.eclipse.jetty.util",
                      "org.eclipse.jetty.ee10.servlet",
                      // To other servers of the fleet.
                      "java.net.http",
                      "swagger.ui"),
                  Set.of("adapter.http")),
          "adapter.kafka",
              new Allowed(
                  // For reading how long a token holds.
                  Set.of("application", "org.slf4j", "kafka.clients"), Set.of("adapter.kafka")),
          "events",
              new Allowed(
                  Set.of("domain", "org.slf4j", "kafka.clients", "com.fasterxml.jackson.core"),
                  Set.of("events")),
          "adapter.persistence",
              new Allowed(
                  Set.of(
                      "application",
                      "org.slf4j",
                      "java.sql",
                      "java.naming",
                      "org.jooq",
                      // At compile time: what jOOQ and the driver are annotated with.
                      "jakarta.xml.bind",
                      "org.checkerframework.checker.qual",
                      "flyway.core",
                      "flyway.database.postgresql",
                      "com.zaxxer.hikari",
                      "org.postgresql.jdbc",
                      "com.fasterxml.jackson.core",
                      "com.fasterxml.jackson.databind"),
                  Set.of("adapter.persistence")),
          "adapter.processors",
              new Allowed(
                  Set.of(
                      "domain",
                      "org.slf4j",
                      "java.sql",
                      "org.apache.httpcomponents.core5.httpcore5",
                      "org.apache.httpcomponents.core5.httpcore5.h2",
                      "com.fasterxml.jackson.core",
                      // At compile time: what the driver is annotated with.
                      "org.checkerframework.checker.qual",
                      "org.postgresql.jdbc"),
                  Set.of()),
          "embedded",
              new Allowed(
                  Set.of(
                      "org.jspecify",
                      "org.slf4j",
                      "java.sql",
                      "org.apache.commons.compress",
                      "org.tukaani.xz"),
                  Set.of("embedded")),
          "bootstrap",
              new Allowed(
                  Set.of(
                      "adapter.http",
                      "adapter.kafka",
                      "adapter.persistence",
                      "application",
                      "embedded",
                      "org.slf4j",
                      "dagger",
                      "jakarta.inject",
                      "java.compiler",
                      // How many files may be open.
                      "java.management",
                      "jdk.management",
                      "javax.inject"),
                  // For a program that starts the server on another database.
                  Set.of("bootstrap", "bootstrap.database")));

  private ModuleRules() {}

  static Set<String> names() {
    return ALLOWED.keySet().stream().map(name -> PRODUCT + name).collect(Collectors.toSet());
  }

  /** A sentence for everything in these descriptors that is not allowed. */
  static List<String> violations(Collection<ModuleDescriptor> modules) {
    var violations = new ArrayList<String>();
    for (var module : modules) {
      var allowed = ALLOWED.get(shortened(module.name()));
      if (allowed == null) {
        violations.add(module.name() + " is not on the list of modules");
      } else {
        violations.addAll(violations(module, allowed));
      }
    }
    return violations;
  }

  private static List<String> violations(ModuleDescriptor module, Allowed allowed) {
    var violations = new ArrayList<String>();
    report(violations, module, "requires", required(module), allowed.requires());
    report(violations, module, "exports", exported(module), allowed.exports());
    if (module.isOpen() || module.opens().stream().anyMatch(opens -> !opens.isQualified())) {
      violations.add(module.name() + " is open to reflection by everyone");
    }
    var uses = module.name().equals(PRODUCT + "bootstrap") ? Set.of(PROCESSOR_FACTORY) : Set.of();
    if (!uses.containsAll(module.uses())) {
      violations.add(module.name() + " must not use services: " + module.uses());
    }
    if (!module.provides().isEmpty() && !providesProcessors(module)) {
      violations.add(module.name() + " must not provide " + module.provides());
    }
    return violations;
  }

  private static boolean providesProcessors(ModuleDescriptor module) {
    return module.name().equals(PRODUCT + "adapter.processors")
        && module.provides().stream()
            .allMatch(provides -> provides.service().equals(PROCESSOR_FACTORY));
  }

  private static Set<String> required(ModuleDescriptor module) {
    return module.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .filter(name -> !name.equals("java.base"))
        .map(ModuleRules::shortened)
        .collect(Collectors.toSet());
  }

  /** What is exported to named friends only is no surface. */
  private static Set<String> exported(ModuleDescriptor module) {
    return module.exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .map(ModuleRules::shortened)
        .collect(Collectors.toSet());
  }

  private static void report(
      List<String> violations,
      ModuleDescriptor module,
      String verb,
      Set<String> found,
      Set<String> allowed) {
    var excess = new TreeSet<>(found);
    excess.removeAll(allowed);
    excess.forEach(name -> violations.add(module.name() + " must not " + verb + " " + name));
  }

  private static String shortened(String name) {
    return name.startsWith(PRODUCT) ? name.substring(PRODUCT.length()) : name;
  }
}
