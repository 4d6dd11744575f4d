package io.kafkafetch.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.kafka.KafkaAdapter;
import io.kafkafetch.adapter.kafka.KafkaSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlSettings;
import io.kafkafetch.adapter.persistence.PostgreSqlStorage;
import io.kafkafetch.application.Application;
import io.kafkafetch.application.DrivenPorts;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerFilter;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.domain.processor.BatchHandler;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In a program on a plain class path")
class HostProgramIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What the Java runtime starts once and keeps, whoever asked for it, and who is waiting. */
  private static final List<String> OF_OTHERS =
      List.of(
          "awaitility-thread",
          "ForkJoinPool",
          "VirtualThread-unparker",
          "MasterPoller",
          "Cleaner-",
          "Common-Cleaner",
          "process reaper");

  private final TestTopics topics = TestTopics.shared();
  private final String topic = "t-" + UUID.randomUUID();

  private DrivenPorts ports(BatchHandler handler) {
    return DrivenPorts.inMemory()
        .running(KafkaAdapter.open(KafkaSettings.of(topics.brokers())))
        .handling("mine", handler);
  }

  private ConsumerDraft draft(String group) {
    return ConsumerDraft.of(topic, group)
        .from(topics.brokers())
        .into(ProcessorDraft.of("mine"))
        .started();
  }

  private static BatchHandler into(ConcurrentLinkedQueue<String> taken) {
    return batch -> {
      for (int i = 0; i < batch.size(); i++) {
        taken.add(text(batch.value(i)));
      }
      return Outcome.DELIVERED;
    };
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "" : new String(value, UTF_8);
  }

  private List<String> written(int from, int to) {
    var values = IntStream.range(from, to).mapToObj(Integer::toString).toList();
    topics.write(topic, values.stream());
    return values;
  }

  @Test
  @DisplayName("two applications do not meet, and leave no thread behind")
  void twoDoNotMeet() {
    topics.create(topic, 1);
    var before = threads();
    var ofOne = new ConcurrentLinkedQueue<String>();
    var ofOther = new ConcurrentLinkedQueue<String>();
    try (var other = Application.over(ports(into(ofOther))).start()) {
      other.consumers().create(draft("other"));
      try (var one = Application.over(ports(into(ofOne))).start()) {
        one.consumers().create(draft("one"));
        var values = written(0, 1_000);

        await().atMost(SOON).until(() -> ofOne.size() >= 1_000 && ofOther.size() >= 1_000);
        assertEquals(values, List.copyOf(ofOne));
        assertEquals(1, one.consumers().list(ConsumerFilter.all()).items().size());
      }
      written(1_000, 2_000);

      await().atMost(SOON).until(() -> ofOther.size() >= 2_000);
      assertEquals(1_000, ofOne.size());
    }
    await().atMost(SOON).untilAsserted(() -> assertEquals(Set.of(), threadsSince(before)));
  }

  @Test
  @DisplayName("two on one PostgreSQL share what is wanted, and a third finds it again")
  void onPostgreSql() {
    topics.create(topic, 1);
    var database = "embedding_" + UUID.randomUUID().toString().replace('-', '_');
    EmbeddedPostgreSql.shared().createDatabase(database);
    var url = PostgreSqlSettings.parse(EmbeddedPostgreSql.shared().url(database));
    var taken = new ConcurrentLinkedQueue<String>();
    try (var one =
            Application.over(ports(into(taken)).storing(PostgreSqlStorage.open(url))).start();
        var other =
            Application.over(ports(into(taken)).storing(PostgreSqlStorage.open(url))).start()) {
      one.consumers().create(draft("shared"));
      var values = written(0, 1_000);

      await().atMost(SOON).until(() -> taken.size() >= 1_000);
      assertEquals(values, once(taken));
      assertEquals(1, other.consumers().list(ConsumerFilter.all()).items().size());
    }
    var more = written(1_000, 1_500);
    taken.clear();

    try (var _ =
        Application.over(ports(into(taken)).storing(PostgreSqlStorage.open(url))).start()) {
      await().atMost(SOON).until(() -> taken.size() >= 500);
    }
    assertEquals(more, once(taken));
  }

  @Test
  @DisplayName("closing takes no longer than 20 s although a processor hangs")
  void closingIsBounded() throws InterruptedException {
    topics.create(topic, 1);
    written(0, 10);
    var hangs = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    try {
      var application =
          Application.over(
                  ports(batch -> {
                    hangs.countDown();
                    over.await();
                    return Outcome.DELIVERED;
                  }))
              .start();
      application.consumers().create(draft("hanging"));
      assertTrue(hangs.await(SOON.toSeconds(), TimeUnit.SECONDS));

      long began = System.nanoTime();
      application.close();

      var took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, () -> "It took " + took);
    } finally {
      over.countDown();
    }
  }

  /** In their order; a member that moves between servers may repeat a batch. */
  private static List<String> once(Collection<String> taken) {
    return taken.stream().distinct().toList();
  }

  private static Set<Thread> threads() {
    return Set.copyOf(Thread.getAllStackTraces().keySet());
  }

  private static Set<String> threadsSince(Set<Thread> before) {
    return threads().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> OF_OTHERS.stream().noneMatch(name::startsWith))
        .collect(Collectors.toSet());
  }
}
