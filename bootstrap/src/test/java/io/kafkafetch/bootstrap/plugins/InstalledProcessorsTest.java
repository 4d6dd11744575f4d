package io.kafkafetch.bootstrap.plugins;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.bootstrap.lifecycle.StartFailure;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A plugin")
class InstalledProcessorsTest {
  private static final String PROVIDES =
      "requires io.kafkafetch.domain;"
          + " provides io.kafkafetch.domain.processor.ProcessorFactory with org.example.Blue;";
  private static final String SERVICE =
      "META-INF/services/io.kafkafetch.domain.processor.ProcessorFactory";
  private static final Set<String> BUILT_IN =
      Set.of("file_sink", "database_sync", "streaming_forwarder");

  @TempDir private Path folder;

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private ProcessorFactory installed(String type) {
    return InstalledProcessors.with(plugins()).stream()
        .filter(factory -> factory.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> types(Path plugins) {
    return InstalledProcessors.with(plugins).stream().map(ProcessorFactory::type).collect(toSet());
  }

  private String refused() {
    var sentence =
        assertThrows(StartFailure.class, () -> InstalledProcessors.with(plugins())).sentence();
    assertFalse(sentence.contains("\n"), sentence);
    return sentence;
  }

  private static TestJar blue(String description) {
    return new TestJar()
        .module("org.example.blue", PROVIDES)
        .processor("org.example.Blue", "blue", description);
  }

  /** A module of the name of a library that the server has, with something else in it. */
  private Path otherJackson(Path jar) {
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

  @Test
  @DisplayName("that is one jar is there with its own schema")
  void oneJar() {
    blue("\"Paints.\"").at(plugins().resolve("blue.jar"));

    var blue = installed("blue");

    assertEquals("Paints.", blue.description());
    assertEquals(
        "must be one of red, blue",
        blue.schema()
            .validate(new ProcessorConfig(Map.of("colour", "green")))
            .getFirst()
            .message());
    assertTrue(types(plugins()).containsAll(BUILT_IN));
  }

  @Test
  @DisplayName("is not needed: the folder may be empty, absent or hold other things")
  void none() throws IOException {
    assertEquals(BUILT_IN, types(plugins()));

    Files.createDirectories(plugins().resolve("lost+found"));
    Files.writeString(plugins().resolve("README"), "Put plugins here.");
    Files.writeString(plugins().resolve(".hidden.jar"), "no jar");

    assertEquals(BUILT_IN, types(plugins()));
  }

  @Test
  @DisplayName("has its own version of a library that the server has")
  void ownVersion() {
    var jackson = otherJackson(plugins().resolve("blue/jackson.jar"));
    new TestJar()
        .module("org.example.blue", PROVIDES + "requires com.fasterxml.jackson.core;")
        .processor("org.example.Blue", "blue", "com.fasterxml.jackson.core.JsonFactory.version()")
        .using(jackson)
        .at(plugins().resolve("blue/blue.jar"));

    assertEquals("another one", installed("blue").description());
  }

  @Test
  @DisplayName("has its own version also where one of its jars is no module")
  void ownVersionOnAClassPath() {
    var jackson = otherJackson(plugins().resolve("blue/jackson.jar"));
    var plain =
        new TestJar()
            .with(
                "org/example/plain/Plain.java",
                """
                package org.example.plain;
                public class Plain {
                  public static String version() {
                    return "plain " + com.fasterxml.jackson.core.JsonFactory.version();
                  }
                }
                """)
            .using(jackson)
            .at(plugins().resolve("blue/plain.jar"));
    new TestJar()
        .module("org.example.blue", PROVIDES + "requires plain;")
        .processor("org.example.Blue", "blue", "org.example.plain.Plain.version()")
        .using(plain)
        .at(plugins().resolve("blue/blue.jar"));

    assertEquals("plain another one", installed("blue").description());
  }

  @Test
  @DisplayName("sees of the server no library, neither by name nor by asking for it")
  void seesNoLibrary() {
    blue("present(\"com.fasterxml.jackson.core.JsonFactory\")").at(plugins().resolve("blue.jar"));
    assertEquals(
        "com.fasterxml.jackson.core.JsonFactory is absent", installed("blue").description());

    blue("present(\"org.apache.kafka.clients.producer.KafkaProducer\")")
        .at(plugins().resolve("blue.jar"));
    assertEquals(
        "org.apache.kafka.clients.producer.KafkaProducer is absent",
        installed("blue").description());
  }

  @Test
  @DisplayName("that only has an optional use for a library of the server's does not get it")
  void optional() {
    new TestJar()
        .module("org.example.blue", PROVIDES + "requires static com.fasterxml.jackson.core;")
        .processor(
            "org.example.Blue", "blue", "present(\"com.fasterxml.jackson.core.JsonFactory\")")
        .using(otherJackson(folder.resolve("elsewhere/jackson.jar")))
        .at(plugins().resolve("blue.jar"));

    assertEquals(
        "com.fasterxml.jackson.core.JsonFactory is absent", installed("blue").description());
  }

  @Test
  @DisplayName("that requires a library of the server's is told to bring it")
  void requiresALibrary() {
    new TestJar()
        .module("org.example.blue", PROVIDES + "requires com.fasterxml.jackson.core;")
        .processor("org.example.Blue", "blue", "\"\"")
        .using(otherJackson(folder.resolve("elsewhere/jackson.jar")))
        .at(plugins().resolve("blue.jar"));

    var sentence = refused();

    assertTrue(sentence.contains("blue.jar"), sentence);
    assertTrue(sentence.contains("org.example.blue requires com.fasterxml.jackson.core"), sentence);
    assertTrue(sentence.contains("folder"), sentence);
  }

  @Test
  @DisplayName("may carry a copy of the domain, which is not used")
  void copyOfTheDomain() throws IOException {
    new TestJar()
        .module("io.kafkafetch.domain", "exports io.kafkafetch.domain.processor;")
        .with(
            "io/kafkafetch/domain/processor/ProcessorFactory.java",
            "package io.kafkafetch.domain.processor; public interface ProcessorFactory {}")
        .at(plugins().resolve("blue/domain-0.9.jar"));
    blue("\"Paints.\"").at(plugins().resolve("blue/blue.jar"));

    assertEquals("Paints.", installed("blue").description());
  }

  @Test
  @DisplayName("does not see another plugin, not even one with the same module")
  void twoPlugins() {
    blue("present(\"org.example.other.Red\")").at(plugins().resolve("blue.jar"));
    new TestJar()
        .module("org.example.blue", PROVIDES.replace("org.example.Blue", "org.example.other.Red"))
        .processor("org.example.other.Red", "red", "present(\"org.example.Blue\")")
        .at(plugins().resolve("red.jar"));

    assertEquals("org.example.other.Red is absent", installed("blue").description());
    assertEquals("org.example.Blue is absent", installed("red").description());
  }

  @Test
  @DisplayName("may be a jar without a module that names its processor as services were once named")
  void plainJar() {
    new TestJar()
        .with(SERVICE, "org.example.Blue")
        .processor("org.example.Blue", "blue", "present(\"org.eclipse.jetty.server.Server\")")
        .at(plugins().resolve("blue.jar"));

    assertEquals("org.eclipse.jetty.server.Server is absent", installed("blue").description());
  }

  @Test
  @DisplayName("that is broken is named in one line")
  void broken() throws IOException {
    Files.createDirectories(plugins());
    Files.writeString(plugins().resolve("torn.jar"), "PK\003\004 and no more");

    var sentence = refused();

    assertTrue(sentence.contains("torn.jar"), sentence);
  }

  @Test
  @DisplayName("without a processor is told where libraries belong")
  void library() {
    otherJackson(plugins().resolve("jackson.jar"));

    var sentence = refused();

    assertTrue(sentence.contains("jackson.jar"), sentence);
    assertTrue(sentence.contains("A library belongs in a folder"), sentence);
  }

  @Test
  @DisplayName("of a type that is there already is refused, and both are named")
  void sameType() {
    blue("\"\"").at(plugins().resolve("a.jar"));
    blue("\"\"").at(plugins().resolve("b.jar"));
    var twice = refused();
    assertTrue(twice.contains("type blue is there twice"), twice);
    assertTrue(twice.contains("a.jar") && twice.contains("b.jar"), twice);
  }

  @Test
  @DisplayName("cannot take the place of one of the server's own")
  void builtIn() {
    new TestJar()
        .module("org.example.blue", PROVIDES)
        .processor("org.example.Blue", "file_sink", "\"\"")
        .at(plugins().resolve("blue.jar"));

    var sentence = refused();

    assertTrue(sentence.contains("file_sink is there twice: from the server itself"), sentence);
  }

  @Test
  @DisplayName("that does not even say what it is stops the start, and says why")
  void throwing() {
    blue("new String((String) null)").at(plugins().resolve("blue.jar"));

    var sentence = refused();

    assertTrue(sentence.contains("org.example.Blue does not say what it is"), sentence);
    assertTrue(sentence.contains("NullPointerException"), sentence);
  }

  @Test
  @DisplayName("that lacks a library is told where to put it")
  void missingModule() {
    var library =
        new TestJar()
            .module("org.example.paint", "exports org.example.paint;")
            .with(
                "org/example/paint/Paint.java", "package org.example.paint; public class Paint {}")
            .at(folder.resolve("elsewhere/paint.jar"));
    new TestJar()
        .module("org.example.blue", PROVIDES + "requires org.example.paint;")
        .processor("org.example.Blue", "blue", "\"\"")
        .using(library)
        .at(plugins().resolve("blue.jar"));

    var sentence = refused();

    assertTrue(sentence.contains("Module org.example.paint not found"), sentence);
    assertTrue(sentence.contains("folder together with it"), sentence);
  }

  @Test
  @DisplayName("may need a part of Java that the server does not")
  void partOfJava() {
    new TestJar()
        .module("org.example.blue", PROVIDES + "requires java.net.http; requires jdk.httpserver;")
        .processor("org.example.Blue", "blue", "present(\"java.net.http.HttpClient\")")
        .at(plugins().resolve("blue.jar"));

    assertEquals("java.net.http.HttpClient is there", installed("blue").description());
  }
}
