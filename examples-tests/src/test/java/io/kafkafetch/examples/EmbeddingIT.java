package io.kafkafetch.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("examples/embedding")
class EmbeddingIT {
  private static final String TOPIC = "orders";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Example example = Example.named("embedding");
  private final TestTopics topics = TestTopics.shared();

  @Test
  @DisplayName("is a program of fewer than 40 lines")
  void isShort() {
    var source = Project.EXAMPLES.resolve("embedding/src/main/java/example/embedding");

    assertTrue(Project.read(source.resolve("Embedding.java")).lines().count() < 40);
  }

  @Test
  @DisplayName("pumps each record once, on the class path and then on the module path")
  void pumpsEachRecordOnce() {
    topics.create(TOPIC, 1);

    try (var program = example.onClassPath("example.embedding.Embedding", topics.brokers())) {
      assertPumps(program, 0, 500);
    }
    try (var program =
        example.onModulePath("example.embedding/example.embedding.Embedding", topics.brokers())) {
      assertPumps(program, 500, 1_000);
    }
  }

  @Test
  @DisplayName("logs to whatever backend the program has")
  void logsToAnotherBackend() {
    topics.create("elsewhere", 1);
    var backend =
        Path.of(
            ExampleBuild.property("local.repository"),
            "org/slf4j/slf4j-simple/2.0.20/slf4j-simple-2.0.20.jar");
    try (var program =
        example.onClassPathWith(
            List.of(backend), "example.embedding.Embedding", topics.brokers())) {
      await()
          .atMost(LIMIT)
          .until(() ->
              program.lines().stream()
                  .anyMatch(line ->
                      line.startsWith("[reconcile] INFO io.kafkafetch.application.fleet.")));
      program.endInput();
      program.awaitEnd(Duration.ofSeconds(20));
    }
  }

  @Test
  @DisplayName("needs Java, Kafka's clients, slf4j and three modules of ours, as jdeps sees it")
  void jdeps() {
    var said = new StringWriter();
    int status =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(said, true),
                new PrintWriter(said, true),
                "--multi-release",
                "25",
                "-summary",
                "--recursive",
                "--module-path",
                example.libraries().toString(),
                example.jar().toString());

    assertEquals(0, status, said::toString);
    // What Kafka's clients need is theirs; the lines of everything else are ours.
    var needed =
        said.toString()
            .lines()
            .map(line -> line.split(" -> ", 2))
            .filter(line -> line[0].startsWith("example.") || line[0].startsWith("io.kafkafetch."))
            .map(line -> line[1])
            .filter(module -> !module.startsWith("java."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "io.kafkafetch.adapter.kafka",
            "io.kafkafetch.application",
            "io.kafkafetch.domain",
            "kafka.clients",
            "org.slf4j"),
        needed,
        said::toString);
  }

  @Test
  @DisplayName("brings no jar but ours, Kafka's with its compressors, slf4j and annotations")
  void jars() throws IOException {
    try (Stream<Path> jars = Files.list(example.libraries())) {
      assertEquals(
          List.of(
              "adapter-kafka",
              "application",
              "domain",
              "jspecify",
              "kafka-clients",
              "lz4-java",
              "slf4j-api",
              "snappy-java",
              "zstd-jni"),
          jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
              .sorted()
              .toList());
    }
  }

  private void assertPumps(Program program, int from, int to) {
    var expected = IntStream.range(from, to).mapToObj(i -> "order " + i).toList();
    topics.write(TOPIC, expected.stream());

    await().atMost(LIMIT).until(() -> orders(program.lines()).size() >= expected.size());
    program.endInput();

    assertEquals(expected, orders(program.awaitEnd(Duration.ofSeconds(20))));
  }

  private static List<String> orders(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("order ")).toList();
  }
}
