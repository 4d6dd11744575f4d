package io.kafkafetch.bootstrap.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.ProcessorConfig;
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
  private static final String SERVICE =
      "META-INF/services/io.kafkafetch.domain.processor.ProcessorFactory";
  private static final Set<String> BUILT_IN =
      Set.of("file_sink", "database_sync", "streaming_forwarder");

  @TempDir private Path folder;

  private GivenPlugins given() {
    return new GivenPlugins(folder);
  }

  @Test
  @DisplayName("that is one jar is there with its own schema")
  void oneJar() {
    GivenPlugins.blue("\"Paints.\"").at(given().plugins().resolve("blue.jar"));

    var blue = given().installed("blue");

    assertEquals("Paints.", blue.description());
    assertEquals(
        "must be one of red, blue",
        blue.schema()
            .validate(new ProcessorConfig(Map.of("colour", "green")))
            .getFirst()
            .message());
    assertTrue(given().types().containsAll(BUILT_IN));
  }

  @Test
  @DisplayName("is not needed: the folder may be empty, absent or hold other things")
  void none() throws IOException {
    assertEquals(BUILT_IN, given().types());

    Files.createDirectories(given().plugins().resolve("lost+found"));
    Files.writeString(given().plugins().resolve("README"), "Put plugins here.");
    Files.writeString(given().plugins().resolve(".hidden.jar"), "no jar");

    assertEquals(BUILT_IN, given().types());
  }

  @Test
  @DisplayName("has its own version of a library that the server has")
  void ownVersion() {
    var jackson = given().otherJackson(given().plugins().resolve("blue/jackson.jar"));
    new TestJar()
        .module("org.example.blue", GivenPlugins.PROVIDES + "requires com.fasterxml.jackson.core;")
        .processor("org.example.Blue", "blue", "com.fasterxml.jackson.core.JsonFactory.version()")
        .using(jackson)
        .at(given().plugins().resolve("blue/blue.jar"));

    assertEquals("another one", given().installed("blue").description());
  }

  @Test
  @DisplayName("has its own version also where one of its jars is no module")
  void ownVersionOnAClassPath() {
    var jackson = given().otherJackson(given().plugins().resolve("blue/jackson.jar"));
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
            .at(given().plugins().resolve("blue/plain.jar"));
    new TestJar()
        .module("org.example.blue", GivenPlugins.PROVIDES + "requires plain;")
        .processor("org.example.Blue", "blue", "org.example.plain.Plain.version()")
        .using(plain)
        .at(given().plugins().resolve("blue/blue.jar"));

    assertEquals("plain another one", given().installed("blue").description());
  }

  @Test
  @DisplayName("sees of the server no library, neither by name nor by asking for it")
  void seesNoLibrary() {
    GivenPlugins.blue("present(\"com.fasterxml.jackson.core.JsonFactory\")")
        .at(given().plugins().resolve("blue.jar"));
    assertEquals(
        "com.fasterxml.jackson.core.JsonFactory is absent",
        given().installed("blue").description());

    GivenPlugins.blue("present(\"org.apache.kafka.clients.producer.KafkaProducer\")")
        .at(given().plugins().resolve("blue.jar"));
    assertEquals(
        "org.apache.kafka.clients.producer.KafkaProducer is absent",
        given().installed("blue").description());
  }

  @Test
  @DisplayName("that only has an optional use for a library of the server's does not get it")
  void optional() {
    new TestJar()
        .module(
            "org.example.blue",
            GivenPlugins.PROVIDES + "requires static com.fasterxml.jackson.core;")
        .processor(
            "org.example.Blue", "blue", "present(\"com.fasterxml.jackson.core.JsonFactory\")")
        .using(given().otherJackson(folder.resolve("elsewhere/jackson.jar")))
        .at(given().plugins().resolve("blue.jar"));

    assertEquals(
        "com.fasterxml.jackson.core.JsonFactory is absent",
        given().installed("blue").description());
  }

  @Test
  @DisplayName("may carry a copy of the domain, which is not used")
  void copyOfTheDomain() throws IOException {
    new TestJar()
        .module("io.kafkafetch.domain", "exports io.kafkafetch.domain.processor;")
        .with(
            "io/kafkafetch/domain/processor/ProcessorFactory.java",
            "package io.kafkafetch.domain.processor; public interface ProcessorFactory {}")
        .at(given().plugins().resolve("blue/domain-0.9.jar"));
    GivenPlugins.blue("\"Paints.\"").at(given().plugins().resolve("blue/blue.jar"));

    assertEquals("Paints.", given().installed("blue").description());
  }

  @Test
  @DisplayName("does not see another plugin, not even one with the same module")
  void twoPlugins() {
    GivenPlugins.blue("present(\"org.example.other.Red\")")
        .at(given().plugins().resolve("blue.jar"));
    new TestJar()
        .module(
            "org.example.blue",
            GivenPlugins.PROVIDES.replace("org.example.Blue", "org.example.other.Red"))
        .processor("org.example.other.Red", "red", "present(\"org.example.Blue\")")
        .at(given().plugins().resolve("red.jar"));

    assertEquals("org.example.other.Red is absent", given().installed("blue").description());
    assertEquals("org.example.Blue is absent", given().installed("red").description());
  }

  @Test
  @DisplayName("may be a jar without a module that names its processor as services were once named")
  void plainJar() {
    new TestJar()
        .with(SERVICE, "org.example.Blue")
        .processor("org.example.Blue", "blue", "present(\"org.eclipse.jetty.server.Server\")")
        .at(given().plugins().resolve("blue.jar"));

    assertEquals(
        "org.eclipse.jetty.server.Server is absent", given().installed("blue").description());
  }

  @Test
  @DisplayName("may need a part of Java that the server does not")
  void partOfJava() {
    new TestJar()
        .module(
            "org.example.blue",
            GivenPlugins.PROVIDES + "requires java.net.http; requires jdk.httpserver;")
        .processor("org.example.Blue", "blue", "present(\"java.net.http.HttpClient\")")
        .at(given().plugins().resolve("blue.jar"));

    assertEquals("java.net.http.HttpClient is there", given().installed("blue").description());
  }
}
