package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests in flight over plain HTTP, from one thread. */
class LaneRunTest {
  private static final int RECORDS = 200;

  private static Running inFlight(Endpoint endpoint, Object... more) {
    var all = new Object[more.length + 2];
    all[0] = "max_in_flight";
    all[1] = 4L;
    System.arraycopy(more, 0, all, 2, more.length);
    return Running.to(endpoint.url(), all);
  }

  private static Set<String> keys(int from, int to) {
    return LongStream.range(from, to)
        .mapToObj(offset -> "orders-2-" + offset)
        .collect(Collectors.toSet());
  }

  private static void assertEachCameOnce(Endpoint endpoint) {
    assertEquals(RECORDS, endpoint.keys().size());
    assertEquals(keys(0, RECORDS), new HashSet<>(endpoint.keys()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
      })
  void connectionsAreKeptWhateverAnAnswerLooksLike(String answer) throws IOException {
    try (var endpoint = Endpoint.that((_, peer) -> peer.raw(answer));
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, RECORDS)));

      assertEachCameOnce(endpoint);
      assertTrue(endpoint.connections() <= 4);
    }
  }

  @Test
  void anAnswerThatComesInPiecesIsOne() throws IOException {
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              for (var piece :
                  List.of("HTTP/1.1 20", "0 OK\r\nContent-Len", "gth: 2\r\n\r\nh", "i")) {
                peer.raw(piece);
              }
            });
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, RECORDS)));

      assertEachCameOnce(endpoint);
      assertTrue(endpoint.connections() <= 4);
    }
  }

  @Test
  void aServerThatClosesAfterEachAnswerIsSentEveryRecordOnce() throws IOException {
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.status(200, "Connection: close");
              peer.socket().close();
            });
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, RECORDS)));

      assertEachCameOnce(endpoint);
      assertEquals(RECORDS, endpoint.connections());
    }
  }

  @Test
  void aServerThatHangsUpUnannouncedCostsNoRetry() throws IOException {
    var answered = new AtomicInteger();
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.status(200);
              if (answered.incrementAndGet() % 5 == 0) {
                peer.socket().close();
              }
            });
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, RECORDS)));

      assertEquals(keys(0, RECORDS), new HashSet<>(endpoint.keys()));
    }
  }

  @Test
  void bodiesLargerThanASocketTakesAtOnceArriveWhole() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = inFlight(endpoint)) {
      var records = Records.none();
      for (int offset = 0; offset < 8; offset++) {
        var value = new byte[3 << 20];
        java.util.Arrays.fill(value, (byte) ('a' + offset));
        records = records.andBytes(offset, null, value);
      }
      // Twice, since a connection is registered with the selector only once it has rested.
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));

      assertEquals(16, endpoint.seen().size());
      for (var seen : endpoint.seen()) {
        long offset = Long.parseLong(seen.header("kafka-offset"));
        assertEquals(String.valueOf((char) ('a' + offset)).repeat(3 << 20), seen.text());
      }
    }
  }

  @Test
  void redirectsAreFollowedAndConnectionsKept() throws IOException {
    try (var target = Endpoint.that(Endpoint.OK);
        var endpoint = Endpoint.that((_, peer) -> peer.status(307, "Location: " + target.url()));
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, RECORDS)));

      assertEachCameOnce(endpoint);
      assertEachCameOnce(target);
      assertTrue(endpoint.connections() <= 4, () -> endpoint.connections() + " were opened");
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUpAfterTheTimeout() throws Exception {
    var release = new CountDownLatch(1);
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = inFlight(endpoint, "timeout_ms", 400L)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 8)));
      endpoint.now((seen, peer) -> {
        if (seen.header("kafka-offset").equals("20")) {
          release.await();
        } else {
          peer.status(200);
        }
      });

      var stopped = forwarder.refused(Records.numbered(8, 50));

      var cause = assertInstanceOf(Cause.Transient.class, stopped.cause());
      assertTrue(cause.reason().contains("timeout_ms"), cause.reason());
      assertEquals(12, stopped.delivered());
      release.countDown();
    }
  }

  @Test
  void closingTheProcessorEndsWhatIsUnderWay() throws Exception {
    var arrived = new CountDownLatch(4);
    var never = new CountDownLatch(1);
    try (var endpoint = Endpoint.that(Endpoint.OK)) {
      var forwarder = inFlight(endpoint);
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 8)));
      endpoint.now((_, _) -> {
        arrived.countDown();
        never.await();
      });
      var outcome = CompletableFuture.supplyAsync(() -> forwarder.deliver(Records.numbered(8, 50)));
      assertTrue(arrived.await(20, TimeUnit.SECONDS));

      forwarder.processor().close();

      var stopped = assertInstanceOf(Outcome.Stopped.class, outcome.get(20, TimeUnit.SECONDS));
      assertInstanceOf(Cause.Transient.class, stopped.cause());
      never.countDown();
    }
  }

  @Test
  void anInterruptLosesNothingAndIsPassedOn() throws Exception {
    var arrived = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 8)));
      endpoint.now((_, peer) -> {
        arrived.countDown();
        release.await();
        peer.status(200);
      });
      var seenAfterwards = new CompletableFuture<Boolean>();
      var outcome = new CompletableFuture<Outcome>();
      var worker =
          Thread.ofVirtual()
              .start(() -> {
                outcome.complete(forwarder.deliver(Records.numbered(8, 50)));
                seenAfterwards.complete(Thread.currentThread().isInterrupted());
              });
      assertTrue(arrived.await(20, TimeUnit.SECONDS));

      worker.interrupt();
      release.countDown();

      assertEquals(Outcome.DELIVERED, outcome.get(20, TimeUnit.SECONDS));
      assertTrue(seenAfterwards.get(20, TimeUnit.SECONDS));
      assertEquals(keys(0, 58), new HashSet<>(endpoint.keys()));
    }
  }

  @Test
  void aRefusalStopsWhatFollowsAndNamesTheRecord() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 8)));
      endpoint.now(
          (seen, peer) -> peer.status(seen.header("kafka-offset").equals("30") ? 422 : 200));

      var stopped = forwarder.refused(Records.numbered(8, 500));

      assertEquals(22, stopped.delivered());
      assertInstanceOf(Cause.Poison.class, stopped.cause());
      assertFalse(endpoint.keys().contains("orders-2-100"));
    }
  }

  @Test
  void aDefectIsThrownAndNeverTakenForADelivery() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = inFlight(endpoint)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 8)));
      var broken = WatchedRecords.brokenAt(5, Records.numbered(8, 20));

      assertThrows(IllegalStateException.class, () -> forwarder.sink().deliver(broken));
      assertFalse(endpoint.keys().contains("orders-2-13"));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(8, 20)));
    }
  }
}
