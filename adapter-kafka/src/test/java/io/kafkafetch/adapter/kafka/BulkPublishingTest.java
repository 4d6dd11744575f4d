package io.kafkafetch.adapter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.contract.TestCluster;
import io.kafkafetch.application.driven.RecordPublisher;
import io.kafkafetch.application.driving.OutgoingRecord;
import io.kafkafetch.application.driving.Receipt;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BulkPublishingTest {
  /** Together several times as much as a batch may have. */
  private static final int RECORDS = 10_000;

  private static final String FILLED = "x".repeat(200);

  private static KafkaTestCluster cluster;
  private static Admin admin;
  private static RecordPublisher records;

  private final String topic = "bulk-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    cluster = new KafkaTestCluster();
    records = cluster.broker().records();
    admin = Admin.create(Map.of("bootstrap.servers", EmbeddedKafka.shared().bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    cluster.close();
  }

  private void givenTopic(Map<String, String> settings) {
    var wanted = new NewTopic(topic, 1, (short) 1).configs(settings);
    GivenApplication.get(admin.createTopics(List.of(wanted)).all());
  }

  private List<CompletableFuture<Receipt>> publish() {
    return IntStream.range(0, RECORDS)
        .mapToObj(number ->
            records.publishInBulk(
                new OutgoingRecord(
                    topic, OptionalInt.empty(), null, value(number).getBytes(UTF_8), List.of())))
        .toList();
  }

  private static String value(int number) {
    return number + FILLED;
  }

  private static List<Long> offsets(List<CompletableFuture<Receipt>> receipts) {
    return receipts.stream().map(receipt -> receipt.join().offset()).toList();
  }

  private static List<Long> everyOffset() {
    return LongStream.range(0, RECORDS).boxed().toList();
  }

  @Test
  void recordsInBulkKeepTheirOrder() {
    givenTopic(Map.of());

    assertEquals(everyOffset(), offsets(publish()));

    var written = cluster.records(topic, 0).stream().map(BulkPublishingTest::text).toList();
    assertEquals(IntStream.range(0, RECORDS).mapToObj(BulkPublishingTest::value).toList(), written);
  }

  @Test
  void aTopicThatTakesNoLargeBatchesTakesRecordsInBulk() {
    givenTopic(Map.of("max.message.bytes", Integer.toString(ProducerSettings.BULK_BATCH / 2)));

    assertEquals(everyOffset(), offsets(publish()));
  }

  private static String text(TestCluster.Stored stored) {
    return new String(java.util.Objects.requireNonNull(stored.value()), UTF_8);
  }
}
