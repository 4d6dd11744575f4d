package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
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

  @Test
  void itListensOnLoopbackOnly() throws Exception {
    var broker = EmbeddedKafka.shared();
    assertFalse(ListeningSockets.addresses(broker.pid()).isEmpty());
    assertEquals(Set.of(), ListeningSockets.beyondLoopback(broker.pid()));
  }

  @Test
  void theSharedBrokerCannotBeTakenFromOtherTests() {
    var broker = EmbeddedKafka.shared();
    assertThrows(IllegalStateException.class, broker::kill);
    assertThrows(IllegalStateException.class, broker::close);
    assertTrue(broker.alive());
  }

  @Test
  void aBrokerThatWasStoppedInOrderServesAgain() throws Exception {
    try (var broker = EmbeddedKafka.forTests()) {
      broker.stop();
      assertFalse(broker.alive());
      broker.restart();
      Records.produce(broker.bootstrapServers(), "orders", List.of("after"));
      assertEquals(List.of("after"), Records.consume(broker.bootstrapServers(), "orders", 1));
    }
  }

  @Test
  void clientsMayHaveToAuthenticate() throws Exception {
    var login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"me\" password=\"right\"";
    try (var broker =
        EmbeddedKafka.forTests(settings ->
            settings
                .withClientProtocol("SASL_PLAINTEXT")
                .withBrokerProperty("sasl.enabled.mechanisms", "PLAIN")
                .withBrokerProperty(
                    "listener.name.client.plain.sasl.jaas.config",
                    login + " user_me=\"right\";"))) {
      var client =
          Map.<String, Object>of(
              "security.protocol", "SASL_PLAINTEXT",
              "sasl.mechanism", "PLAIN",
              "sasl.jaas.config", login + ";");
      Records.produce(broker.bootstrapServers(), "orders", List.of("mine"), client);
      var wrong = new HashMap<>(client);
      wrong.put("sasl.jaas.config", login.replace("right", "wrong") + ";");
      var refused =
          assertThrows(
              ExecutionException.class,
              () -> Records.produce(broker.bootstrapServers(), "orders", List.of("his"), wrong));
      assertInstanceOf(SaslAuthenticationException.class, refused.getCause());
    }
  }

  @Test
  void clientsMayBeLedThroughAProxy() throws Exception {
    try (var proxy = FaultProxy.toBeForwarded();
        var broker = EmbeddedKafka.forTests(s -> s.withAdvertisedPort(proxy.port()))) {
      proxy.forwardTo(broker.host(), broker.port());
      Records.produce(proxy.address(), "orders", List.of("through"));
      assertEquals(List.of("through"), Records.consume(proxy.address(), "orders", 1));
    }
  }

  @Test
  void aWrongPropertyIsSaidInTheBrokersOwnWords() {
    var failed =
        assertThrows(
            EmbeddedException.class,
            () -> EmbeddedKafka.forTests(s -> s.withBrokerProperty("num.partitions", "many")));
    assertTrue(String.valueOf(failed.getMessage()).contains("num.partitions"), failed::getMessage);
  }
}
