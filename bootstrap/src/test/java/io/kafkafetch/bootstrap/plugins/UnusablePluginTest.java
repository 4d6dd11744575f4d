package io.kafkafetch.bootstrap.plugins;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A plugin that cannot be used")
class UnusablePluginTest {
  @TempDir private Path folder;

  private GivenPlugins given() {
    return new GivenPlugins(folder);
  }

  @Test
  @DisplayName("that requires a library of the server's is told to bring it")
  void requiresALibrary() {
    new TestJar()
        .module("org.example.blue", GivenPlugins.PROVIDES + "requires com.fasterxml.jackson.core;")
        .processor("org.example.Blue", "blue", "\"\"")
        .using(given().otherJackson(folder.resolve("elsewhere/jackson.jar")))
        .at(given().plugins().resolve("blue.jar"));

    var sentence = given().refused();

    assertTrue(sentence.contains("blue.jar"), sentence);
    assertTrue(sentence.contains("org.example.blue requires com.fasterxml.jackson.core"), sentence);
    assertTrue(sentence.contains("folder"), sentence);
  }

  @Test
  @DisplayName("that is broken is named in one line")
  void broken() throws IOException {
    Files.createDirectories(given().plugins());
    Files.writeString(given().plugins().resolve("torn.jar"), "PK\003\004 and no more");

    var sentence = given().refused();

    assertTrue(sentence.contains("torn.jar"), sentence);
  }

  @Test
  @DisplayName("without a processor is told where libraries belong")
  void library() {
    given().otherJackson(given().plugins().resolve("jackson.jar"));

    var sentence = given().refused();

    assertTrue(sentence.contains("jackson.jar"), sentence);
    assertTrue(sentence.contains("A library belongs in a folder"), sentence);
  }

  @Test
  @DisplayName("of a type that is there already is refused, and both are named")
  void sameType() {
    GivenPlugins.blue("\"\"").at(given().plugins().resolve("a.jar"));
    GivenPlugins.blue("\"\"").at(given().plugins().resolve("b.jar"));
    var twice = given().refused();
    assertTrue(twice.contains("type blue is there twice"), twice);
    assertTrue(twice.contains("a.jar") && twice.contains("b.jar"), twice);
  }

  @Test
  @DisplayName("cannot take the place of one of the server's own")
  void builtIn() {
    new TestJar()
        .module("org.example.blue", GivenPlugins.PROVIDES)
        .processor("org.example.Blue", "file_sink", "\"\"")
        .at(given().plugins().resolve("blue.jar"));

    var sentence = given().refused();

    assertTrue(sentence.contains("file_sink is there twice: from the server itself"), sentence);
  }

  @Test
  @DisplayName("that does not even say what it is stops the start, and says why")
  void throwing() {
    GivenPlugins.blue("new String((String) null)").at(given().plugins().resolve("blue.jar"));

    var sentence = given().refused();

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
        .module("org.example.blue", GivenPlugins.PROVIDES + "requires org.example.paint;")
        .processor("org.example.Blue", "blue", "\"\"")
        .using(library)
        .at(given().plugins().resolve("blue.jar"));

    var sentence = given().refused();

    assertTrue(sentence.contains("Module org.example.paint not found"), sentence);
    assertTrue(sentence.contains("folder together with it"), sentence);
  }
}
