package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClientProperty;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.KafkaException;

/**
 * Looks whether Kafka is spoken where a caller of ours says that a broker is. Kafka's own client
 * takes the first four bytes of any answer for a length and allocates that much (KAFKA-4090): an
 * HTTP server's {@code HTTP} is 1.2 GB, and would end this process.
 */
final class BrokerProbe {
  /** In all, connecting included, a server that says nothing costs twice this. */
  private static final int TIMEOUT_MILLIS = 1_000;

  /** Far more than the answer to {@code ApiVersions} takes, far less than any text as a number. */
  private static final int LONGEST_ANSWER = 1 << 20;

  private static final short API_VERSIONS = 18;
  private static final int CORRELATION_ID = 0x6b66_7331;

  private BrokerProbe() {}

  /**
   * Returns when nothing speaks against making a client: brokers that cannot be reached or say
   * nothing are the client's own business.
   *
   * @param tls what TLS goes by; empty when the cluster is spoken with in plain text
   * @throws KafkaException naming the addresses that answer in another language
   */
  static void check(ClusterAddress cluster, Optional<SSLContext> tls) {
    var strangers = new ArrayList<String>();
    for (var broker : cluster.bootstrapServers()) {
      if (isStranger(broker, cluster, tls)) {
        strangers.add(broker.toString());
      }
    }
    if (!strangers.isEmpty()) {
      throw new KafkaException(
          "No Kafka broker, but something else answers at " + String.join(", ", strangers));
    }
  }

  private static boolean isStranger(
      BrokerAddress broker, ClusterAddress cluster, Optional<SSLContext> tls) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(broker.host(), broker.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return tls.isPresent()
          ? overTls(socket, broker, cluster, tls.get())
          : answersStrangely(socket);
    } catch (IOException silent) {
      return false;
    }
  }

  /** Trusts whom Kafka's client would trust, which goes no further with anybody else. */
  private static boolean overTls(
      Socket plain, BrokerAddress broker, ClusterAddress cluster, SSLContext tls)
      throws IOException {
    var factory = tls.getSocketFactory();
    try (var socket = (SSLSocket) factory.createSocket(plain, broker.host(), broker.port(), true)) {
      var parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(
          cluster.property(ClientProperty.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM).orElse("https"));
      socket.setSSLParameters(parameters);
      return answersStrangely(socket);
    }
  }

  private static boolean answersStrangely(Socket socket) throws IOException {
    socket.getOutputStream().write(apiVersions());
    socket.getOutputStream().flush();
    var in = new DataInputStream(socket.getInputStream());
    int length = in.readInt();
    return length < Integer.BYTES || length > LONGEST_ANSWER || in.readInt() != CORRELATION_ID;
  }

  /** Version 0 of the request that any broker answers, to anybody. */
  private static byte[] apiVersions() {
    short nobody = -1;
    short version = 0;
    int length = 3 * Short.BYTES + Integer.BYTES;
    return ByteBuffer.allocate(Integer.BYTES + length)
        .putInt(length)
        .putShort(API_VERSIONS)
        .putShort(version)
        .putInt(CORRELATION_ID)
        .putShort(nobody)
        .array();
  }
}
