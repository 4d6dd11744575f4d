package io.kafkafetch.bootstrap.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import io.kafkafetch.embedded.EmbeddedPostgreSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes again on purpose reaches the sinks that remember how far they got, and what comes
 * again by accident does not. Each consumer has both: a file and a table, exactly once.
 */
class ReplaysTest {
  private static final EmbeddedKafka KAFKA = EmbeddedKafka.shared();
  private static final EmbeddedPostgreSql POSTGRESQL = EmbeddedPostgreSql.shared();
  private static final String BROKER = KAFKA.bootstrapServers();
  private static final String DATABASE = "replays_" + System.nanoTime();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path files;
  private static WiredServer server;

  private String topic = "";
  private String group = "";
  private String id = "";

  @BeforeAll
  static void start() {
    POSTGRESQL.createDatabase(DATABASE);
    server = WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A consumer that has delivered 0 to 19, and rests. */
  @BeforeEach
  void rested() throws Exception {
    topic = server.topic(1);
    group = Managed.name("group");
    Managed.produce(BROKER, topic, 0, 0, 20);
    var file =
        Managed.processor("file_sink", Map.of("file_path", topic + ".log", "exactly_once", true));
    var table =
        Managed.processor(
            "database_sync", Map.of("db_dsn", POSTGRESQL.url(DATABASE), "table", topic));
    id = Managed.running(server, BROKER, topic, group, file + ", " + table);
    Managed.awaitCaughtUp(server, id);
    Managed.stop(server, id);
    assertEquals(numbers(0, 20), lines());
    assertEquals(numbers(0, 20), takeRows());
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> both(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  private List<String> lines() {
    return Managed.lines(files.resolve(topic + ".log"));
  }

  /** The values in the table, in the order of their offsets; afterwards there are none. */
  private List<String> takeRows() throws SQLException {
    try (var connection = POSTGRESQL.connect(DATABASE);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                with gone as (delete from "%s" returning "offset", value::text)
                select coalesce(string_agg(value, ' ' order by "offset"), '') from gone\
                """
                    .formatted(topic))) {
      rows.next();
      var all = rows.getString(1);
      return all.isEmpty() ? List.of() : List.of(all.split(" "));
    }
  }

  private void runOnce() {
    Managed.start(server, id);
    Managed.awaitCaughtUp(server, id);
    Managed.stop(server, id);
  }

  private static void deleteAndMakeAnew(String topic) throws Exception {
    server.admin.deleteTopics(List.of(topic)).all().get();
    await().atMost(PATIENCE).until(() -> !server.admin.listTopics().names().get().contains(topic));
    server.admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  @Test
  void startingAgainRepeatsNothing() throws Exception {
    Managed.produce(BROKER, topic, 0, 20, 30);

    runOnce();

    assertEquals(numbers(0, 30), lines());
    assertEquals(numbers(20, 30), takeRows());
  }

  @Test
  void aResetOfOursIsDeliveredToBoth() throws Exception {
    Managed.move(server, id, "{\"to\": \"earliest\"}");

    runOnce();

    assertEquals(both(numbers(0, 20), numbers(0, 20)), lines());
    assertEquals(numbers(0, 20), takeRows());
  }

  @Test
  void aResetByKafkasOwnToolsIsDeliveredToBoth() throws Exception {
    var start = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0));
    server.admin.alterConsumerGroupOffsets(group, start).all().get();

    runOnce();

    assertEquals(both(numbers(0, 20), numbers(0, 20)), lines());
    assertEquals(numbers(0, 20), takeRows());
  }

  @Test
  void aTopicThatWasMadeAnewMeanwhileIsDeliveredToBoth() throws Exception {
    deleteAndMakeAnew(topic);
    Managed.produce(BROKER, topic, 0, 100, 115);

    runOnce();

    assertEquals(both(numbers(0, 20), numbers(100, 115)), lines());
    assertEquals(numbers(100, 115), takeRows());
  }

  @Test
  void aTopicThatIsMadeAnewWhileItIsReadIsDeliveredToBoth() throws Exception {
    Managed.start(server, id);
    Managed.awaitCaughtUp(server, id);

    deleteAndMakeAnew(topic);
    Managed.produce(BROKER, topic, 0, 100, 115);

    var wanted = both(numbers(0, 20), numbers(100, 115));
    await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, lines()));
    Managed.stop(server, id);
    assertEquals(wanted, lines());
    assertEquals(numbers(100, 115), takeRows());
  }

  @Test
  void whatAnotherBrokerHasIsDeliveredToBothAndTheFirstOneIsGoneOnWith() throws Exception {
    try (var other = EmbeddedKafka.forTests();
        var admin =
            Admin.create(Map.<String, Object>of("bootstrap.servers", other.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      Managed.produce(other.bootstrapServers(), topic, 0, 100, 115);
      moveTo(other.bootstrapServers());

      runOnce();

      assertEquals(both(numbers(0, 20), numbers(100, 115)), lines());
      assertEquals(numbers(100, 115), takeRows());
      moveTo(BROKER);
    }
    Managed.produce(BROKER, topic, 0, 20, 25);

    runOnce();

    assertEquals(both(both(numbers(0, 20), numbers(100, 115)), numbers(20, 25)), lines());
    assertEquals(numbers(20, 25), takeRows());
  }

  private void moveTo(String broker) {
    var answer =
        server.put("/consumers/" + id, "{\"bootstrap_servers\": [\"%s\"]}".formatted(broker));
    assertEquals(200, answer.status(), answer.body());
  }
}
