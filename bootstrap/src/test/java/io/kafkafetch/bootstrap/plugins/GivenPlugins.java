package io.kafkafetch.bootstrap.plugins;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.nio.file.Path;
import java.util.Set;

/** A folder for plugins, and what becomes of what a test puts there. */
record GivenPlugins(Path folder) {
  /** The processor that plugins of tests are made of. */
  static final String PROVIDES =
      "requires io.kafkafetch.domain;"
          + " provides io.kafkafetch.domain.processor.ProcessorFactory with org.example.Blue;";

  Path plugins() {
    return folder.resolve("plugins");
  }

  ProcessorFactory installed(String type) {
    return InstalledProcessors.with(plugins()).stream()
        .filter(factory -> factory.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  Set<String> types() {
    return InstalledProcessors.with(plugins()).stream()
        .map(ProcessorFactory::type)
        .collect(toSet());
  }

  String refused() {
    var sentence =
        assertThrows(StartFailure.class, () -> InstalledProcessors.with(plugins())).sentence();
    assertFalse(sentence.contains("\n"), sentence);
    return sentence;
  }

  static TestJar blue(String description) {
    return new TestJar()
        .module("org.example.blue", PROVIDES)
        .processor("org.example.Blue", "blue", description);
  }

  /** A module of the name of a library that the server has, with something else in it. */
  Path otherJackson(Path jar) {
    return new TestJar()
        .module("com.fasterxml.jackson.core", "exports com.fasterxml.jackson.core;")
        .with(
            "com/fasterxml/jackson/core/JsonFactory.java",
            """
            package com.fasterxml.jackson.core;
            public class JsonFactory { public static String version() { return "another one"; } }
            """)
        .at(jar);
  }
}
