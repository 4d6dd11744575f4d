package io.kafkafetch.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.embedded.FaultProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {
  private ServerSocket echo;
  private FaultProxy proxy;

  @BeforeEach
  void anEchoServerBehindAProxy() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
    proxy = FaultProxy.to("127.0.0.1", echo.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void bytesPassUnchangedBothWays() throws IOException {
    var bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    try (var client = connect()) {
      Thread.ofVirtual().start(() -> send(client, bytes));
      assertArrayEquals(bytes, client.getInputStream().readNBytes(bytes.length));
    }
  }

  @Test
  void anEndInOrderIsPassedOn() throws IOException {
    try (var client = connect()) {
      send(client, new byte[] {1});
      client.shutdownOutput();
      assertArrayEquals(new byte[] {1}, client.getInputStream().readAllBytes());
    }
    await().atMost(10, SECONDS).until(() -> proxy.connections() == 0);
  }

  @Test
  void aCutEndsOpenConnectionsAndWelcomesNewOnes() throws IOException {
    try (var client = connect()) {
      assertEchoes(client);
      proxy.cut();
      assertThrows(IOException.class, () -> readOrFail(client));
    }
    try (var client = connect()) {
      assertEchoes(client);
    }
  }

  @Test
  void refusedConnectionsAreWelcomeAgainOnTheSamePortOnceHealed() throws IOException {
    try (var client = connect()) {
      assertEchoes(client);
      proxy.refuse();
      assertThrows(IOException.class, () -> readOrFail(client));
      assertThrows(ConnectException.class, this::connect);
    }
    proxy.heal();
    try (var client = connect()) {
      assertEchoes(client);
    }
  }

  @Test
  void nothingLeavesABlackholeUntilItIsHealedAndThenNothingIsMissing() throws IOException {
    for (var direction : Direction.values()) {
      try (var client = connect()) {
        assertEchoes(client);
        proxy.blackhole(direction);
        send(client, new byte[] {7});
        client.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
        client.setSoTimeout(10_000);
        proxy.heal();
        assertEquals(7, client.getInputStream().read());
      }
    }
  }

  @Test
  void delayedBytesArriveNoSooner() throws IOException {
    proxy.delay(Direction.TO_CLIENT, Duration.ofMillis(150));
    try (var client = connect()) {
      long start = System.nanoTime();
      assertEchoes(client);
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(150).toNanos());
    }
  }

  @Test
  void limitedBytesArriveNoFaster() throws IOException {
    proxy.limit(Direction.TO_TARGET, 10_000);
    var bytes = new byte[3_000];
    try (var client = connect()) {
      long start = System.nanoTime();
      send(client, bytes);
      client.getInputStream().readNBytes(bytes.length);
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(250).toNanos());
    }
  }

  @Test
  void aTargetMayBeToldLater() throws IOException {
    try (var later = FaultProxy.toBeForwarded();
        var early = new Socket(later.host(), later.port())) {
      assertEquals(-1, early.getInputStream().read());
      later.forwardTo("127.0.0.1", echo.getLocalPort());
      try (var client = new Socket(later.host(), later.port())) {
        assertEchoes(client);
      }
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(proxy.host(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void assertEchoes(Socket client) throws IOException {
    send(client, new byte[] {42});
    assertEquals(42, client.getInputStream().read());
  }

  private static int readOrFail(Socket client) throws IOException {
    int read = client.getInputStream().read();
    if (read < 0) {
      throw new IOException("ended");
    }
    return read;
  }

  private static void send(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        var client = echo.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (client) {
                client.getInputStream().transferTo(client.getOutputStream());
              } catch (IOException e) {
                // The proxy has cut this connection: what the test is about.
              }
            });
      } catch (IOException e) {
        return;
      }
    }
  }
}
