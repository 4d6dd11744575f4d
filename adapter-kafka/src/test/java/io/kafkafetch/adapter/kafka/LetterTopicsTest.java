package io.kafkafetch.adapter.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.contract.TestBatch;
import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LetterTopicsTest {
  private static final int HEADER_ROOM = 64 << 10;
  private static KafkaTestCluster cluster;
  private static Admin admin;

  private final String source = "source-" + UUID.randomUUID();
  private final String letters = source + ".letters";

  @BeforeAll
  static void start() {
    cluster = new KafkaTestCluster();
    admin = Admin.create(Map.of("bootstrap.servers", cluster.address().bootstrap()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    cluster.close();
  }

  private void givenSource(int maxMessageBytes) {
    create(source, Map.of("max.message.bytes", Integer.toString(maxMessageBytes)));
  }

  private static void create(String topic, Map<String, String> settings) {
    var wanted = new NewTopic(topic, 1, (short) 1).configs(settings);
    GivenApplication.get(admin.createTopics(List.of(wanted)).all());
  }

  private Optional<Cause> append(int bytes) {
    var batch = TestBatch.of(new SourcePartition(source, "id", 0), 7).and(1, null, new byte[bytes]);
    return cluster
        .broker()
        .deadLetters()
        .append(
            new DeadLetter(
                cluster.address(),
                letters,
                batch,
                0,
                "consumer",
                "group",
                "processor",
                "file_sink",
                "not that".repeat(1_000),
                1,
                Given.NOON));
  }

  /** The brokers need a moment to hear of a new setting; nobody halts meanwhile. */
  private void awaitTaken(int bytes) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          var refused = append(bytes);
          refused.ifPresent(cause -> assertEquals(Cause.Transient.class, cause.getClass()));
          return refused.isEmpty();
        });
  }

  private static String setting(String topic, String name) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return Objects.requireNonNull(
            GivenApplication.get(admin.describeConfigs(List.of(resource)).all()).get(resource))
        .get(name)
        .value();
  }

  private static TopicDescription described(String topic) {
    return Objects.requireNonNull(
        GivenApplication.get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
  }

  private static void set(String topic, String name, String value) {
    var change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    GivenApplication.get(
        admin
            .incrementalAlterConfigs(
                Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
            .all());
  }

  private void assertKeptForEver() {
    assertEquals("-1", setting(letters, "retention.ms"));
    assertEquals("-1", setting(letters, "retention.bytes"));
    assertEquals("delete", setting(letters, "cleanup.policy"));
  }

  @Test
  void aTopicKeepsItsLettersForEverInOrderAndHasRoomForTheLargestRecordAndItsHeaders() {
    givenSource(2_000_000);

    // What is around the value in the source is some 80 bytes.
    assertEquals(Optional.empty(), append(2_000_000 - 80));

    assertKeptForEver();
    assertEquals(1, described(letters).partitions().size());
    assertEquals(Integer.toString(2_000_000 + HEADER_ROOM), setting(letters, "max.message.bytes"));
  }

  @Test
  void itGrowsWithTheRecordsOfTheSource() {
    givenSource(1_000_000);
    assertEquals(Optional.empty(), append(10));
    set(source, "max.message.bytes", "3000000");

    var first = append(2_999_000).orElseThrow();

    assertEquals(Cause.Transient.class, first.getClass());
    awaitTaken(2_999_000);
    assertEquals(Integer.toString(3_000_000 + HEADER_ROOM), setting(letters, "max.message.bytes"));
  }

  @Test
  void itGrowsForARecordThatFittedTheSourceOnlyBecauseItWasCompressed() {
    givenSource(1_000_000);

    var first = append(20_000_000).orElseThrow();

    assertEquals(Cause.Transient.class, first.getClass());
    awaitTaken(20_000_000);
  }

  @Test
  void oneThatIsDeletedIsMadeAnewTheSame() {
    givenSource(1_500_000);
    assertEquals(Optional.empty(), append(10));
    var first = described(letters).topicId();
    cluster.deleteTopic(letters);

    // Within the time in which the topic is taken to be there: the broker itself makes another.
    assertEquals(Optional.empty(), append(10));

    assertNotEquals(first, described(letters).topicId());
    assertKeptForEver();
    assertEquals(Integer.toString(1_500_000 + HEADER_ROOM), setting(letters, "max.message.bytes"));
    assertEquals(1, cluster.records(letters, 0).size());
  }

  @Test
  void oneThatSomebodyMadeKeepsItsSettings() {
    givenSource(1_000_000);
    create(letters, Map.of("retention.ms", "86400000"));

    assertEquals(Optional.empty(), append(10));

    assertEquals("86400000", setting(letters, "retention.ms"));
  }
}
