package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaTest {

  @Test
  void acknowledgedRecordsAndThePortSurviveSigkill() throws Exception {
    try (var broker = EmbeddedKafka.forTests()) {
      int port = broker.port();
      long pid = broker.pid();
      Records.produce(broker.bootstrapServers(), "orders", List.of("first", "second"));

      broker.kill();
      assertFalse(broker.alive());
      broker.restart();

      assertTrue(broker.alive());
      assertNotEquals(pid, broker.pid());
      assertEquals(port, broker.port());
      assertEquals(
          List.of("first", "second"), Records.consume(broker.bootstrapServers(), "orders", 2));
    }
  }
}
