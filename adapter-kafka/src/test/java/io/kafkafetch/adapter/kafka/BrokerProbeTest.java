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
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

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
  void whoeverCannotBeReachedIsLeftToTheClient() throws IOException {
    int port;
    try (var closed = server()) {
      port = closed.getLocalPort();
    }

    assertDoesNotThrow(() -> BrokerProbe.check(cluster(port), Optional.empty()));
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
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static ClusterAddress cluster(int port) {
    return ClusterAddress.plain(new BrokerAddress("127.0.0.1", port));
  }
}
