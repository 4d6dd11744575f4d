package io.kafkafetch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Opens;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The module graph")
final class ModuleGraphTest {
  private static final List<ModuleDescriptor> MODULES =
      ModuleFinder.of(Repository.classes().toArray(Path[]::new)).findAll().stream()
          .map(ModuleReference::descriptor)
          .toList();

  @Test
  void holdsEveryModuleThatTheRulesKnow() {
    assertEquals(
        ModuleRules.names(),
        MODULES.stream().map(ModuleDescriptor::name).collect(Collectors.toSet()));
  }

  @Test
  void holdsADescriptorForEveryMavenModuleThatHasProductCode() {
    // Two of tests alone, a list of versions, and one that is on a class path with Kafka's servers.
    var without = Set.of("architecture-tests", "examples-tests", "bom", "benchmarks");
    assertEquals(
        Repository.modules().stream().filter(module -> !without.contains(module)).count(),
        Repository.classes().size());
  }

  @Test
  void isWhatTheRulesAllow() {
    assertEquals(List.of(), ModuleRules.violations(MODULES));
  }

  @Test
  void mayNotLetTheDomainKnowALibrary() {
    refuses(
        module("domain").requires("org.slf4j"), "io.kafkafetch.domain must not requires org.slf4j");
  }

  @Test
  void mayNotLetAdaptersSeeEachOther() {
    refuses(
        module("adapter.http").requires("io.kafkafetch.adapter.kafka"),
        "io.kafkafetch.adapter.http must not requires adapter.kafka");
  }

  @Test
  void mayNotShowAnAdaptersInside() {
    refuses(
        module("adapter.processors")
            .packages(Set.of("io.kafkafetch.adapter.processors.file"))
            .exports("io.kafkafetch.adapter.processors.file"),
        "io.kafkafetch.adapter.processors must not exports adapter.processors.file");
  }

  @Test
  void mayNotLetReflectionIn() {
    refuses(
        module("application").packages(Set.of("a")).opens("a"),
        "io.kafkafetch.application is open to reflection by everyone");
  }

  @Test
  void mayNotFindAnythingButProcessorsAsAService() {
    refuses(
        module("bootstrap").uses("java.sql.Driver"),
        "io.kafkafetch.bootstrap must not use services: [java.sql.Driver]");
    refuses(
        module("adapter.kafka").packages(Set.of("a")).provides("b.C", List.of("a.D")),
        "io.kafkafetch.adapter.kafka must not provide [b.C with [a.D]]");
  }

  @Test
  void mayNotGrowByAModuleThatNobodyListed() {
    refuses(module("surprise"), "io.kafkafetch.surprise is not on the list of modules");
  }

  @Test
  void mayExportAndOpenToNamedFriends() {
    var module =
        module("adapter.persistence")
            .packages(Set.of("a"))
            .exports(Set.<Exports.Modifier>of(), "a", Set.of("org.jooq"))
            .opens(Set.<Opens.Modifier>of(), "a", Set.of("org.jooq"))
            .build();

    assertEquals(List.of(), ModuleRules.violations(List.of(module)));
  }

  private static ModuleDescriptor.Builder module(String name) {
    return ModuleDescriptor.newModule("io.kafkafetch." + name);
  }

  private static void refuses(ModuleDescriptor.Builder module, String violation) {
    assertEquals(List.of(violation), ModuleRules.violations(List.of(module.build())));
  }
}
