package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Connections that are free while others carry requests, and what a server does to them. */
class FreeLaneTest {
  @Test
  void aResetOfAFreeConnectionSendsTheNextRecordOnce() throws Exception {
    assertEachIsSentOnceThough(peer -> peer.reset());
  }

  @Test
  void whatComesUnaskedOnAFreeConnectionAnswersNoRequest() throws Exception {
    assertEachIsSentOnceThough(peer -> peer.status(400));
  }

  @FunctionalInterface
  private interface Disturbance {
    void of(Endpoint.Peer peer) throws IOException;
  }

  /**
   * While the fourth request is made, the server answers the first, which lets the fifth go, and
   * then disturbs the connection of the third, which is free: both are noticed at once.
   */
  private static void assertEachIsSentOnceThough(Disturbance disturbance) throws IOException {
    var opened = new CountDownLatch(3);
    var making = new CountDownLatch(1);
    var disturbed = new CountDownLatch(1);
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              opened.countDown();
              opened.await();
              peer.status(200);
            });
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 4L)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 3)));
      var thirdAnswered = new CountDownLatch(1);
      var firstAnswered = new CountDownLatch(1);
      endpoint.now((seen, peer) -> {
        switch (seen.header("kafka-offset")) {
          case "10" -> {
            making.await();
            peer.status(200, "Connection: close");
            firstAnswered.countDown();
          }
          case "11" -> {
            thirdAnswered.await();
            peer.status(200);
          }
          case "12" -> {
            peer.status(200);
            thirdAnswered.countDown();
            firstAnswered.await();
            disturbance.of(peer);
            disturbed.countDown();
          }
          default -> peer.status(200);
        }
      });
      var records = Records.none().and(10, "a", "1").and(11, "b", "2").and(12, "c", "3");
      var slow =
          WatchedRecords.slowAt(3, records.and(13, "b", "4").and(14, "a", "5"), making, disturbed);

      assertEquals(Outcome.DELIVERED, forwarder.sink().deliver(slow));

      var sent = endpoint.keys().subList(3, endpoint.keys().size());
      assertEquals(5, sent.size(), sent::toString);
      assertEquals(
          Set.of("orders-2-10", "orders-2-11", "orders-2-12", "orders-2-13", "orders-2-14"),
          Set.copyOf(sent));
    }
  }
}
