package io.kafkafetch.adapter.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Before a client is made for an address that somebody gave us. */
class BrokerProbeTest {
  @Test
  void aBrokerIsWelcome() {
    var broker = BrokerAddress.parse(EmbeddedKafka.shared().bootstrapServers()).orElseThrow();

    assertDoesNotThrow(() -> BrokerProbe.check(ClusterAddress.plain(broker), Optional.empty()));
  }

  @Test
  void aWebServerIsNoBroker() throws IOException {
    assertNoBroker("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
  }

  @Test
  void aServerThatWantsTlsIsNoBrokerInPlainText() throws IOException {
    assertNoBroker(new byte[] {0x15, 3, 3, 0, 2, 2, 0x46, 0});
  }

  @Test
  void whoRepeatsWhatWeSayIsNoBroker() throws IOException {
    assertNoBroker(new byte[] {0, 0, 0, 10, 0, 18, 0, 0, 0x6b, 0x66, 0x73, 0x31, -1, -1});
  }

  @Test
  void whereEveryAddressRefusesEachIsNamed() throws IOException {
    var cluster = cluster("127.0.0.1:" + closedPort(), "nowhere.invalid:9092");

    var refused =
        assertThrows(
            KafkaException.class, () -> BrokerProbe.checkForAQuestion(cluster, Optional.empty()));

    // A member waits for its broker to come up, and so does its client.
    assertDoesNotThrow(() -> BrokerProbe.check(cluster, Optional.empty()));
    assertEquals(
        cluster.bootstrapServers().getFirst()
            + " refuses the connection, nowhere.invalid:9092 has no address",
        refused.getMessage());
  }

  @Test
  void oneAddressThatDoesNotRefuseIsEnough() throws IOException {
    try (var silent = server()) {
      var cluster = cluster("127.0.0.1:" + closedPort(), "127.0.0.1:" + silent.getLocalPort());

      assertDoesNotThrow(() -> BrokerProbe.checkForAQuestion(cluster, Optional.empty()));
    }
  }

  @Test
  @Timeout(10)
  void manySilentAddressesTakeNoLongerThanOne() throws IOException {
    try (var silent = server()) {
      var cluster = cluster(Collections.nCopies(32, "127.0.0.1:" + silent.getLocalPort()));

      assertDoesNotThrow(() -> BrokerProbe.checkForAQuestion(cluster, Optional.empty()));
    }
  }

  @Test
  void whoeverSaysNothingIsLeftToTheClient() throws IOException {
    try (var silent = server()) {
      assertDoesNotThrow(() -> BrokerProbe.check(cluster(silent.getLocalPort()), Optional.empty()));
    }
  }

  private static void assertNoBroker(byte[] answer) throws IOException {
    try (var stranger = server()) {
      Thread.ofVirtual().start(() -> answer(stranger, answer));

      var refused =
          assertThrows(
              KafkaException.class,
              () -> BrokerProbe.check(cluster(stranger.getLocalPort()), Optional.empty()));

      assertEquals(
          "No Kafka broker, but something else answers at 127.0.0.1:" + stranger.getLocalPort(),
          refused.getMessage());
    }
  }

  private static void answer(ServerSocket stranger, byte[] answer) {
    try (var connection = stranger.accept()) {
      connection.getInputStream().readNBytes(14);
      connection.getOutputStream().write(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  }

  private static int closedPort() throws IOException {
    try (var closed = server()) {
      return closed.getLocalPort();
    }
  }

  private static ClusterAddress cluster(int port) {
    return cluster("127.0.0.1:" + port);
  }

  private static ClusterAddress cluster(String... addresses) {
    return cluster(List.of(addresses));
  }

  private static ClusterAddress cluster(List<String> addresses) {
    return new ClusterAddress(
        addresses.stream().map(text -> BrokerAddress.parse(text).orElseThrow()).toList(), Map.of());
  }
}
