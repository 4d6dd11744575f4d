package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Outcome;
import io.kafkafetch.domain.processor.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order records are sent, and what is remembered when one of them is not taken. */
class OrderTest {
  @Test
  void one_in_flight_never_overlaps_and_keeps_the_order() throws IOException {
    var underWay = new AtomicInteger();
    var overlapped = new AtomicBoolean();
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              if (underWay.incrementAndGet() > 1) {
                overlapped.set(true);
              }
              LockSupport.parkNanos(200_000); // a server that takes its time
              underWay.decrementAndGet();
              peer.status(200);
            });
        var forwarder = Running.to(endpoint.url())) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 300)));
      assertEquals(keys(0, 300), endpoint.keys());
      assertFalse(overlapped.get());
    }
  }

  @Test
  void several_in_flight_are_under_way_at_once() throws Exception {
    var together = new CyclicBarrier(8);
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              try {
                together.await(20, TimeUnit.SECONDS);
                peer.status(200);
              } catch (java.util.concurrent.BrokenBarrierException
                  | java.util.concurrent.TimeoutException e) {
                peer.status(400);
              }
            });
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 8L)) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 64)));
      assertEquals(8, endpoint.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "json"})
  void records_of_one_key_never_overlap_and_keep_their_order(String batch) throws IOException {
    var underWay = new AtomicIntegerArray(7);
    var overlapped = new AtomicBoolean();
    var order = new ArrayList<Long>();
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              var keys = new HashSet<Integer>();
              synchronized (order) {
                for (var n : numbers(seen.text())) {
                  order.add(n);
                  keys.add((int) (n % 7));
                }
              }
              for (var key : keys) {
                if (underWay.incrementAndGet(key) > 1) {
                  overlapped.set(true);
                }
              }
              LockSupport.parkNanos(200_000); // a server that takes its time
              keys.forEach(underWay::decrementAndGet);
              peer.status(200);
            });
        var forwarder =
            Running.to(
                endpoint.url(), "max_in_flight", 16L, "batch", batch, "batch_max_records", 2L)) {
      var records = Records.none();
      for (long n = 0; n < 700; n++) {
        records = records.and(n, "key-" + n % 7, "{\"n\":" + n + "}");
      }
      assertEquals(Outcome.DELIVERED, forwarder.deliver(records));
      assertFalse(overlapped.get());
      assertEquals(700, order.size());
      var last = new HashMap<Long, Long>();
      for (var n : order) {
        var before = last.put(n % 7, n);
        assertTrue(before == null || before < n, () -> n + " came after " + before);
      }
    }
  }

  private static List<Long> numbers(String text) {
    var numbers = new ArrayList<Long>();
    var matcher = java.util.regex.Pattern.compile("\\d+").matcher(text);
    while (matcher.find()) {
      numbers.add(Long.parseLong(matcher.group()));
    }
    return numbers;
  }

  @Test
  void what_was_taken_beyond_a_hole_is_not_sent_again() throws IOException {
    var beyond = new CountDownLatch(9);
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              if (seen.header("kafka-offset").equals("0")) {
                beyond.await();
                peer.status(503);
              } else {
                peer.status(200);
                beyond.countDown();
              }
            });
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 4L)) {
      var stopped = forwarder.refused(Records.numbered(0, 10));
      assertEquals(0, stopped.delivered());
      assertInstanceOf(Cause.Transient.class, stopped.cause());
      endpoint.now(Endpoint.OK);
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 12)));
      assertEquals(13, endpoint.keys().size());
      assertEquals(Set.copyOf(keys(0, 12)), Set.copyOf(endpoint.keys()));
    }
  }

  @Test
  void a_record_of_a_key_waits_for_the_failed_one_before_it() throws IOException {
    try (var endpoint =
            Endpoint.that(
                (seen, peer) -> peer.status(seen.header("kafka-offset").equals("1") ? 503 : 200));
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 8L)) {
      var records = Records.none().and(0, "a", "0").and(1, "b", "1").and(2, "b", "2");
      assertEquals(1, forwarder.refused(records).delivered());
      assertFalse(endpoint.keys().contains("orders-2-2"));
    }
  }

  @Test
  void the_first_missing_record_is_the_one_that_the_cause_speaks_of() throws IOException {
    var failed = new CountDownLatch(1);
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              switch (seen.header("kafka-offset")) {
                case "0" -> {
                  // Record 1, of the same key, is still to come when record 2 has failed.
                  failed.await();
                  peer.status(200);
                }
                case "2" -> {
                  peer.status(422);
                  failed.countDown();
                }
                default -> peer.status(200);
              }
            });
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 2L)) {
      var records = Records.none().and(0, "a", "0").and(1, "a", "1").and(2, "b", "2");
      var stopped = forwarder.refused(records);
      assertEquals(2, stopped.delivered());
      assertInstanceOf(Cause.Poison.class, stopped.cause());
      assertTrue(endpoint.keys().contains("orders-2-1"));
    }
  }

  @Test
  void a_replay_and_a_redelivery_are_sent_whatever_was_taken_before() throws IOException {
    var beyond = new CountDownLatch(1);
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              if (seen.header("kafka-offset").equals("0")) {
                beyond.await();
                peer.status(503);
              } else {
                peer.status(200);
                beyond.countDown();
              }
            });
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 2L)) {
      assertEquals(0, forwarder.refused(Records.numbered(0, 2)).delivered());
      endpoint.now(Endpoint.OK);
      assertEquals(Outcome.DELIVERED, forwarder.sink().redeliver(Records.numbered(1, 1)));
      assertEquals(2, count(endpoint, "orders-2-1"));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 2)));
      assertEquals(2, count(endpoint, "orders-2-1"));
      forwarder.sink().begin(new Progress(1, 0));
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 2)));
      assertEquals(3, count(endpoint, "orders-2-1"));
    }
  }

  private static long count(Endpoint endpoint, String key) {
    return endpoint.keys().stream().filter(key::equals).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 32})
  void ten_thousand_records_arrive_once_each(long inFlight) throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK);
        var forwarder = Running.to(endpoint.url(), "max_in_flight", inFlight)) {
      for (int first = 0; first < 10_000; first += 500) {
        assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(first, 500)));
      }
      assertEquals(10_000, endpoint.keys().size());
      assertEquals(Set.copyOf(keys(0, 10_000)), Set.copyOf(endpoint.keys()));
      assertTrue(endpoint.connections() <= inFlight);
    }
  }

  @Test
  void ten_thousand_records_arrive_through_a_server_that_often_fails() throws IOException {
    var requests = new AtomicInteger();
    var taken = ConcurrentHashMap.<String>newKeySet();
    try (var endpoint =
            Endpoint.that((seen, peer) -> {
              switch (requests.incrementAndGet() % 97) {
                case 13 -> peer.status(503);
                case 29 -> peer.reset();
                case 53 -> peer.socket().close();
                default -> {
                  taken.add(seen.header("idempotency-key"));
                  peer.status(200);
                }
              }
            });
        var forwarder = Running.to(endpoint.url(), "max_in_flight", 8L)) {
      int next = 0;
      while (next < 10_000) {
        int size = Math.min(500, 10_000 - next);
        next +=
            switch (forwarder.deliver(Records.numbered(next, size))) {
              case Outcome.Delivered _ -> size;
              case Outcome.Stopped stopped -> {
                assertInstanceOf(Cause.Transient.class, stopped.cause());
                yield stopped.delivered();
              }
            };
      }
      assertEquals(Set.copyOf(keys(0, 10_000)), taken);
    }
  }

  private static List<String> keys(int from, int to) {
    var keys = new ArrayList<String>();
    for (int offset = from; offset < to; offset++) {
      keys.add("orders-2-" + offset);
    }
    return keys;
  }
}
