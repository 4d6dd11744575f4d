package io.kafkafetch.bootstrap.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures that sessions promise, each at a size for every build and in full. */
@DisplayName("Sessions, counted,")
final class SessionFiguresTest {
  private static GivenServer server;

  @BeforeAll
  static void open() {
    server = new GivenServer();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private final String group = "group-" + UUID.randomUUID();

  @Test
  void readAHundredThousandRecordsInOrder() {
    readInOrder(100_000);
  }

  @Test
  @Tag("endurance")
  void readAMillionRecordsInOrder() {
    readInOrder(1_000_000);
  }

  private void readInOrder(int count) {
    var topic = server.topic(1);
    Future<?> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < count; i++) {
      last = server.producer.send(new ProducerRecord<>(topic, ("" + i).getBytes(UTF_8)));
    }
    GivenServer.get(last);
    var subscribed =
        server
            .post(
                "/api/consumers/subscribe",
                GivenServer.subscription(
                    group, topic, ",\"auto_offset_reset\":\"earliest\",\"format\":\"json\""))
            .ok();
    var id = subscribed.get("consumer_id").asText();
    var token = subscribed.get("next_token").asText();
    long next = 0;
    while (next < count) {
      var answer =
          server.consume(
              id,
              "{\"max_records\":10000,\"max_bytes_total\":10000000,\"token\":\"" + token + "\"}");
      token = answer.get("next_token").asText();
      for (JsonNode record : answer.get("records")) {
        if (record.get("value").asLong() != next || record.get("offset").asLong() != next) {
          throw new AssertionError(next + " was expected, not " + record);
        }
        next++;
      }
    }
    assertEquals(count, next);
    server.delete("/api/consumers/" + id).ok();
  }

  @Test
  void answerANewRecordAtOnce() {
    // Other builds may want the processor, too; far less than a round of polling it has to be.
    long median = medianOfLatencies(40);
    assertTrue(median < 100_000_000, "The median is " + median / 1_000 + " µs");
  }

  @Test
  @Tag("endurance")
  void answerANewRecordWithinTenMilliseconds() {
    long median = medianOfLatencies(300);
    assertTrue(median < 10_000_000, "The median is " + median / 1_000 + " µs");
  }

  private long medianOfLatencies(int count) {
    var topic = server.topic(1);
    var id = server.subscribe(group, topic, ",\"format\":\"text\"");
    var took = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      var waiting = server.consumeLater(id, "{\"timeout_ms\":30000}");
      // By then it waits; where it does not, it only takes longer.
      await().pollDelay(Duration.ofMillis(20)).until(() -> true);
      long begun = System.nanoTime();
      server.produce(topic, 0, i, i + 1);
      assertEquals(1, waiting.join().ok().get("records").size());
      took.add(System.nanoTime() - begun);
    }
    server.delete("/api/consumers/" + id).ok();
    // The first ones meet code that was never run.
    var warm = took.subList(count / 4, count).stream().sorted().toList();
    return warm.get(warm.size() / 2);
  }

  @Test
  void waitInHundredsWithoutThreadsOfTheirOwn() {
    waitTogether(100);
  }

  @Test
  @Tag("endurance")
  void waitInThousandsWithoutThreadsOfTheirOwn() {
    waitTogether(2_000);
  }

  /** The threads of the client that this test uses count, too, so that it asks for more. */
  private void waitTogether(int count) {
    var topic = server.topic(1);
    var ids = open(count, topic, "");
    var warmUp = server.consumeLater(ids.getFirst(), "{\"timeout_ms\":0}");
    warmUp.join().ok();
    long before = otherThreads();
    var waiting =
        ids.stream().map(id -> server.consumeLater(id, "{\"timeout_ms\":300000}")).toList();
    await()
        .pollDelay(Duration.ofMillis(500 + 2L * count))
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            ids.stream()
                    .filter(id ->
                        server
                                .post("/api/consumers/" + id + "/consume", "{\"timeout_ms\":0}")
                                .status()
                            == 409)
                    .count()
                == count);

    long more = otherThreads() - before;

    assertTrue(more < 100, count + " polls that wait take " + more + " threads");
    server.produce(topic, 0, 0, 1);
    waiting.forEach(each -> assertEquals(1, each.join().ok().get("records").size()));
    closeAll(ids);
  }

  /** Sessions of groups of their own, since a group of thousands takes long to settle. */
  private List<String> open(int count, String topic, String more) {
    try (var callers = Executors.newFixedThreadPool(32)) {
      var opened =
          IntStream.range(0, count)
              .mapToObj(i -> callers.submit(() -> server.subscribe(group + "-" + i, topic, more)))
              .toList();
      return opened.stream().map(GivenServer::get).toList();
    }
  }

  private static void closeAll(List<String> ids) {
    try (var callers = Executors.newFixedThreadPool(32)) {
      ids.stream()
          .map(id -> callers.submit(() -> server.delete("/api/consumers/" + id).ok()))
          .toList()
          .forEach(GivenServer::get);
    }
  }

  private static long otherThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !isOfASession(thread.getName()))
        .count();
  }

  private static long sessionThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> isOfASession(thread.getName()))
        .count();
  }

  private static boolean isOfASession(String name) {
    return (name.startsWith("session-") && !name.equals("session-expiry"))
        || name.startsWith("kafka-coordinator-heartbeat-thread");
  }

  @Test
  @Tag("endurance")
  void leaveNothingBehindWhenTenThousandWereAbandoned() {
    var topic = server.topic(1);
    long expired = server.counts().expired();
    long open = server.counts().open();
    abandon(1_000, topic);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> server.counts().open() == open && sessionThreads() == 0);
    long early = heapInUse();
    abandon(9_000, topic);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> server.counts().open() == open && sessionThreads() == 0);
    assertEquals(expired + 10_000, server.counts().expired());
    long more = heapInUse() - early;
    assertTrue(more < 16 << 20, "9,000 sessions have left " + (more >> 10) + " KiB behind");
  }

  private void abandon(int count, String topic) {
    open(count, topic, ",\"session_timeout_ms\":1000");
  }

  private static long heapInUse() {
    var runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
