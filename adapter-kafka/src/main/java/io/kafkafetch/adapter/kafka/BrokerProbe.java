package io.kafkafetch.adapter.kafka;

import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClientProperty;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

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

  /** What is at an address. */
  private sealed interface Finding {
    /** A broker, or somebody who says nothing so far: the client's own business. */
    record Plausible() implements Finding {}

    /** Something that speaks another language. */
    record Stranger(BrokerAddress at) implements Finding {}

    /** Nobody, which is said at once, and in which way. */
    record Nobody(String how) implements Finding {}
  }

  /**
   * Returns when nothing speaks against making a client that stays: brokers that cannot be reached
   * or say nothing are its own business.
   *
   * @param tls what TLS goes by; empty when the cluster is spoken with in plain text
   * @throws KafkaException naming the addresses that answer in another language
   */
  static void check(ClusterAddress cluster, Optional<SSLContext> tls) {
    refuseStrangers(findings(cluster, tls));
  }

  /**
   * Returns when a question may be answered soon. A client would go on trying addresses that refuse
   * connections, and at the end only say that time has passed.
   *
   * @throws KafkaException as above, or naming all addresses when each refuses to be connected to
   */
  static void checkForAQuestion(ClusterAddress cluster, Optional<SSLContext> tls) {
    var findings = findings(cluster, tls);
    refuseStrangers(findings);
    var nobody = new ArrayList<String>();
    for (var finding : findings) {
      if (finding instanceof Finding.Nobody(var how)) {
        nobody.add(how);
      }
    }
    if (nobody.size() == findings.size()) {
      throw new KafkaException(String.join(", ", nobody));
    }
  }

  private static void refuseStrangers(List<Finding> findings) {
    var strangers = new ArrayList<String>();
    for (var finding : findings) {
      if (finding instanceof Finding.Stranger(var at)) {
        strangers.add(at.toString());
      }
    }
    if (!strangers.isEmpty()) {
      throw new KafkaException(
          "No Kafka broker, but something else answers at " + String.join(", ", strangers));
    }
  }

  /** All at once: a list of silent addresses costs no more than one of them. */
  private static List<Finding> findings(ClusterAddress cluster, Optional<SSLContext> tls) {
    var findings = new ArrayList<Finding>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var looks =
          cluster.bootstrapServers().stream()
              .map(broker -> executor.submit(() -> look(broker, cluster, tls)))
              .toList();
      for (var look : looks) {
        findings.add(look.get());
      }
      return findings;
    } catch (ExecutionException e) {
      throw new KafkaException("Looking for brokers failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private static Finding look(
      BrokerAddress broker, ClusterAddress cluster, Optional<SSLContext> tls) {
    var nobody = new Finding.Nobody(broker + " has no address");
    try {
      for (var address : InetAddress.getAllByName(broker.host())) {
        try (var socket = new Socket()) {
          socket.connect(new InetSocketAddress(address, broker.port()), TIMEOUT_MILLIS);
          return isStranger(socket, broker, cluster, tls)
              ? new Finding.Stranger(broker)
              : new Finding.Plausible();
        } catch (ConnectException refused) {
          nobody = new Finding.Nobody(broker + " refuses the connection");
        } catch (NoRouteToHostException away) {
          nobody = new Finding.Nobody(broker + " cannot be reached");
        }
      }
      return nobody;
    } catch (UnknownHostException unknown) {
      return nobody;
    } catch (IOException silent) {
      return new Finding.Plausible();
    }
  }

  private static boolean isStranger(
      Socket socket, BrokerAddress broker, ClusterAddress cluster, Optional<SSLContext> tls) {
    try {
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
