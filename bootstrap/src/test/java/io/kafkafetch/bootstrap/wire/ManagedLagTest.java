package io.kafkafetch.bootstrap.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lag of everything that the server runs, wherever its consumers read. */
class ManagedLagTest {
  private static final String BROKER = EmbeddedKafka.shared().bootstrapServers();

  @TempDir static Path files;
  private static WiredServer server;

  @BeforeAll
  static void start() {
    server = WiredServer.managing(BROKER, new InMemoryStorage(InstantSource.system()), files);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode lagOf(String group) {
    var answer = server.get("/monitor/lag");
    assertEquals(200, answer.status(), answer.body());
    for (var each : answer.json().get("groups")) {
      if (each.get("group_id").asText().equals(group)) {
        return each;
      }
    }
    throw new AssertionError(group + " is not in " + answer.body());
  }

  private static String running(String broker, String topic, String group) throws Exception {
    var processor = Managed.processor("file_sink", Map.of("file_path", topic + ".log"));
    return Managed.running(server, broker, topic, group, processor);
  }

  @Test
  void aConsumerThatNamesTheClusterInAnotherWayIsAmongThem() throws Exception {
    var topic = server.topic(2);
    Managed.produce(BROKER, topic, 0, 0, 7);
    var group = Managed.name("group");
    var sameBroker = "localhost:" + BROKER.substring(BROKER.lastIndexOf(':') + 1);

    Managed.awaitCaughtUp(server, running(sameBroker, topic, group));

    var lag = lagOf(group);
    assertEquals(sameBroker, lag.get("bootstrap_servers").get(0).asText());
    assertEquals(0, lag.get("total_lag").asLong());
    assertEquals(7, lag.at("/topics/" + topic + "/0/log_end_offset").asLong());
  }

  @Test
  void aClusterThatIsAwayIsToldInPlaceOfItsLagAndHidesNoOther() throws Exception {
    var topic = server.topic(1);
    var here = Managed.name("group");
    var away = Managed.name("group");
    Managed.awaitCaughtUp(server, running(BROKER, topic, here));
    running("127.0.0.1:1", topic + "-away", away);

    var lost = lagOf(away);

    assertTrue(lost.get("total_lag").isNull(), lost.toString());
    assertTrue(lost.get("error").asText().contains("127.0.0.1:1"), lost.toString());
    assertEquals(0, lagOf(here).get("total_lag").asLong());
  }
}
