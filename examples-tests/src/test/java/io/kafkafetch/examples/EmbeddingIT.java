package io.kafkafetch.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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
