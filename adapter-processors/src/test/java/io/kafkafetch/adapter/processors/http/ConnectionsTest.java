package io.kafkafetch.adapter.processors.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** How long connections live. */
class ConnectionsTest {
  private static final Targets LOCALHOST =
      new Targets(TargetRules.parse("localhost"), NameResolver.SYSTEM);

  @Test
  void a_connection_that_rests_too_long_is_closed() throws Exception {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var pool = new ConnectionPool(100, Duration.ofMillis(50))) {
      var request =
          new OutgoingRequest(
              new Preamble("POST", Destination.of(URI.create(endpoint.url())), List.of()),
              List.of(),
              new byte[3]);
      var connector = new Connector(LOCALHOST, SSLContext.getDefault(), false);
      var deadline = Deadline.in(Duration.ofSeconds(30));
      var connection = connector.open(request.destination().origin(), deadline, pool);
      assertEquals(200, connection.exchange(request).status());
      pool.giveBack(connection);
      await().until(() -> endpoint.open() == 0);
      assertTrue(pool.reuse(request.destination().origin(), deadline).isEmpty());
    }
  }

  @Test
  void closing_the_processor_ends_what_is_under_way() throws Exception {
    var arrived = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    try (var endpoint =
        Endpoint.that((_, _) -> {
          arrived.countDown();
          never.await();
        })) {
      var forwarder = Running.to(endpoint.url());
      var outcome = CompletableFuture.supplyAsync(() -> forwarder.deliver(Records.numbered(0, 1)));
      assertTrue(arrived.await(20, TimeUnit.SECONDS));
      forwarder.processor().close();
      var stopped = assertInstanceOf(Outcome.Stopped.class, outcome.get(20, TimeUnit.SECONDS));
      var cause = assertInstanceOf(Cause.Transient.class, stopped.cause());
      assertTrue(cause.reason().contains("was lost"), cause.reason());
      assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      never.countDown();
    }
  }

  @Test
  void a_defect_while_sending_is_thrown_and_never_taken_for_a_delivery() {
    var units = List.of(unit(0), unit(1), unit(2));
    var records = Records.numbered(0, 3);
    var queue = new UnitQueue(3, KeyOrder.among(records, units));
    var run =
        new ParallelRun(
            queue,
            unit -> {
              if (unit == 1) {
                throw new IllegalStateException("a defect");
              }
              return java.util.Optional.empty();
            });
    assertThrows(IllegalStateException.class, () -> run.run(1));
    assertEquals(1, queue.firstMissing());
    assertFalse(queue.isDelivered(1));
  }

  private static Unit unit(int index) {
    return new Unit(index, index + 1, java.util.Optional.empty());
  }

  @Test
  void a_connection_that_was_closed_while_it_rested_is_not_used() throws Exception {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 1)));
      endpoint.hangUp();
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(1, 1)));
      assertEquals(List.of("orders-2-0", "orders-2-1"), endpoint.keys());
      assertEquals(2, endpoint.connections());
    }
  }
}
