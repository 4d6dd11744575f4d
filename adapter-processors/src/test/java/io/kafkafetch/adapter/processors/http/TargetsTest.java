package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.adapter.processors.http.Forwarders.Running;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a forwarder may send to, whatever names, redirects and DNS servers say. */
class TargetsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void what_is_not_public_is_refused(String address) {
    assertFalse(TargetRules.parse("").permit("example.com", InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00::1"
      })
  void what_is_public_is_permitted(String address) {
    assertTrue(TargetRules.parse("").permit("example.com", InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost | localhost | 127.0.0.1 | true",
        "LocalHost. | localhost | ::1 | true",
        "localhost | localhost. | 127.0.0.1 | true",
        "localhost | evil.localhost | 127.0.0.1 | false",
        "10.0.0.0/8 | inner | 10.9.8.7 | true",
        "10.0.0.0/8 | inner | 11.0.0.1 | true",
        "10.0.0.0/8 | inner | 192.168.0.1 | false",
        "192.168.4.0/22 | inner | 192.168.7.255 | true",
        "192.168.4.0/22 | inner | 192.168.8.0 | false",
        "127.0.0.1 | other | 127.0.0.1 | true",
        "127.0.0.1 | other | 127.0.0.2 | false",
        "fd00::/8 | inner | fd12::1 | true",
        "[::1] | other | ::1 | true",
        " inner , 10.0.0.0/8,, ::1/128 | inner | 192.168.1.1 | true",
        "0.0.0.0/0 | other | 169.254.169.254 | true",
        "0.0.0.0/0 | other | ::1 | false",
      })
  void an_administrator_allows_more(
      String setting, String host, String address, boolean permitted) {
    assertEquals(
        permitted, TargetRules.parse(setting).permit(host, InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "*.inner", "http://inner", "a b", "fe80::/"})
  void a_setting_that_is_neither_host_nor_block_is_named(String entry) {
    var wrong =
        assertThrows(IllegalArgumentException.class, () -> TargetRules.parse("ok," + entry));
    assertTrue(String.valueOf(wrong.getMessage()).contains(entry), wrong.getMessage());
  }

  @Test
  void a_wrong_setting_refuses_to_open_and_says_why() {
    var processor =
        Forwarders.open(
            new StreamingForwarderFactory(), Forwarders.config("http://localhost:1/"), "10.0.0/99");
    var refused = assertInstanceOf(Opening.Refused.class, processor.open(Records.SOURCE));
    assertTrue(refused.cause().reason().contains("10.0.0/99"), refused.cause().reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "2130706433", "[::ffff:127.0.0.1]"})
  void a_forbidden_endpoint_is_refused_before_anything_is_sent(String host) throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK)) {
      var config = Forwarders.config("http://" + host + ":" + endpoint.port() + "/");
      var processor = Forwarders.open(new StreamingForwarderFactory(), config, "");
      var refused = assertInstanceOf(Opening.Refused.class, processor.open(Records.SOURCE));
      var cause = assertInstanceOf(Cause.Fatal.class, refused.cause());
      assertTrue(cause.reason().contains("FORWARDER_ALLOWED_HOSTS"), cause.reason());
      assertEquals(0, endpoint.connections());
    }
  }

  @Test
  void a_name_that_turns_to_a_forbidden_address_is_refused_on_the_next_connection()
      throws IOException {
    var rebinding = new Rebinding();
    try (var endpoint =
            Endpoint.that((_, peer) -> {
              peer.status(200, "Connection: close");
              peer.socket().close();
            });
        var forwarder =
            Running.of(
                new StreamingForwarderFactory(rebinding, Rebinding::noTls),
                Forwarders.config("http://rebind.example:" + endpoint.port() + "/"),
                "127.0.0.1/32")) {
      assertEquals(Outcome.DELIVERED, forwarder.deliver(Records.numbered(0, 1)));
      assertEquals("rebind.example:" + endpoint.port(), endpoint.seen().getFirst().header("host"));
      rebinding.turned = true;
      var cause = assertInstanceOf(Cause.Fatal.class, forwarder.cause(Records.numbered(1, 1)));
      assertTrue(cause.reason().contains("no public address"), cause.reason());
      // One look-up each for the opening, the first and the second connection, and none between
      // a check and its connection.
      assertEquals(3, rebinding.lookUps.get());
    }
  }

  @Test
  void of_several_addresses_the_forbidden_are_left_out() throws IOException {
    NameResolver both =
        _ ->
            new InetAddress[] {
              InetAddress.ofLiteral("169.254.169.254"), InetAddress.ofLiteral("127.0.0.1")
            };
    var targets = new Targets(TargetRules.parse("127.0.0.0/8"), both);
    assertEquals(
        List.of(InetAddress.ofLiteral("127.0.0.1")),
        targets.permitted(new Origin(false, "mixed.example", 80), 5_000_000_000L));
  }

  @Test
  void a_name_that_does_not_resolve_is_transient() throws IOException {
    NameResolver never =
        host -> {
          throw new UnknownHostException(host);
        };
    try (var forwarder =
        Running.of(
            new StreamingForwarderFactory(never, Rebinding::noTls),
            Forwarders.config("http://gone.example/"),
            "")) {
      var cause = assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      assertTrue(cause.reason().contains("does not resolve"), cause.reason());
    }
  }

  @Test
  void a_name_server_that_hangs_is_given_up_after_the_timeout() {
    var hanging = new java.util.concurrent.CountDownLatch(1);
    var opened = new AtomicInteger();
    NameResolver slow =
        _ -> {
          if (opened.getAndIncrement() > 0) {
            try {
              hanging.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return new InetAddress[] {InetAddress.ofLiteral("1.1.1.1")};
        };
    try (var forwarder =
        Running.of(
            new StreamingForwarderFactory(slow, Rebinding::noTls),
            Forwarders.config("http://slow.example/", "timeout_ms", 200L),
            "")) {
      assertInstanceOf(Cause.Transient.class, forwarder.cause(Records.numbered(0, 1)));
      hanging.countDown();
    }
  }

  /** A name server that changes its mind. */
  private static final class Rebinding implements NameResolver {
    final AtomicInteger lookUps = new AtomicInteger();
    volatile boolean turned;

    @Override
    public InetAddress[] resolve(String host) {
      lookUps.incrementAndGet();
      return new InetAddress[] {InetAddress.ofLiteral(turned ? "169.254.169.254" : "127.0.0.1")};
    }

    static SSLContext noTls() {
      try {
        return SSLContext.getDefault();
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }
}
