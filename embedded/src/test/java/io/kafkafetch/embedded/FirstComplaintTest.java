package io.kafkafetch.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FirstComplaintTest {
  private static String of(String... lines) {
    var complaint = new FirstComplaint();
    Stream.of(lines).forEach(complaint::read);
    return complaint.text();
  }

  @Test
  void isEmptyWhileAllIsWell() {
    assertEquals("", of("2026-11-27T10:17:56.180Z [main] INFO kafka.Kafka - starting, ERRORS: 0"));
  }

  @Test
  void isTheErrorThatIsLoggedFirstWithTheExceptionBehindIt() {
    assertEquals(
        "Unable to start acceptor for CLIENT: Socket server failed to bind to 127.0.0.1:9092:"
            + " Address already in use.",
        of(
            "2026-11-27T10:17:55.180Z [main] INFO kafka.Kafka - starting",
            "2026-11-27T10:17:56.180Z [main] ERROR kafka.network.DataPlaneAcceptor - Unable to"
                + " start acceptor for CLIENT",
            "org.apache.kafka.common.KafkaException: Socket server failed to bind to"
                + " 127.0.0.1:9092: Address already in use.",
            "\tat org.apache.kafka.server.ServerSocketFactory.openServerSocket",
            "2026-11-27T10:17:56.190Z [main] ERROR kafka.server.BrokerServer - fatal"));
  }

  @Test
  void isWhatPostgreSqlCallsFatal() {
    assertEquals(
        "lock file \"postmaster.pid\" already exists",
        of(
            "2026-11-27 10:17:43.874 UTC [4711] FATAL:  lock file \"postmaster.pid\" already exists",
            "2026-11-27 10:17:43.875 UTC [4711] HINT:  Is another postmaster running?"));
  }
}
