package io.kafkafetch.adapter.processors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.domain.processor.Opening;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.SinkCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may say, before anything runs. */
class FactoryTest {
  private final StreamingForwarderFactory factory = new StreamingForwarderFactory();

  @Test
  void it_is_provided_as_a_service_on_module_path_and_class_path() throws IOException {
    var name = StreamingForwarderFactory.class.getName();
    var module = StreamingForwarderFactory.class.getModule();
    assertTrue(
        module.getDescriptor().provides().stream()
            .filter(provides -> provides.service().equals(ProcessorFactory.class.getName()))
            .anyMatch(provides -> provides.providers().contains(name)));
    try (var file =
        module.getResourceAsStream("META-INF/services/" + ProcessorFactory.class.getName())) {
      assertNotNull(file);
      assertTrue(
          new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().anyMatch(name::equals));
    }
  }

  @Test
  void an_endpoint_is_all_it_needs() {
    var config = Forwarders.config("https://example.com/hook");
    assertEquals(List.of(), factory.schema().validate(config));
    assertEquals(List.of(), factory.validate(Forwarders.plan(config)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/hook",
        "ftp://example.com",
        "http://",
        "http:///path",
        "https://user:secret@example.com/",
        "https://example.com:0/",
        "https://example.com:70000/",
        "https://example.com/#part",
        "https://exa mple.com/",
        "file:///etc/passwd"
      })
  void an_endpoint_that_is_none_is_named_without_being_repeated(String url) {
    var violations = factory.validate(Forwarders.plan(Forwarders.config(url)));
    assertEquals(1, violations.size());
    assertEquals("endpoint_url", violations.getFirst().field());
    assertFalse(violations.getFirst().message().contains("secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Host | example.com",
        "content-length | 5",
        "Transfer-Encoding | chunked",
        "Connection | close",
        "Idempotency-Key | mine",
        "Kafka-Offset | 5",
        "bad name | x",
        "X-Umlaut | ü",
        "X-Space | 'x '"
      })
  void a_header_that_is_not_the_users_to_set_is_refused(String name, String value) {
    var config = Forwarders.config("https://example.com", "headers", Map.of(name, value));
    var violations = factory.validate(Forwarders.plan(config));
    assertEquals(1, violations.size());
    assertEquals("headers", violations.getFirst().field());
  }

  @Test
  void a_header_with_a_line_break_is_refused_without_being_repeated() {
    var config =
        Forwarders.config("https://example.com", "headers", Map.of("X-A", "secret\r\nX-B: 1"));
    var violations = factory.validate(Forwarders.plan(config));
    assertEquals(1, violations.size());
    assertFalse(violations.getFirst().message().contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_!!!",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw secret"
      })
  void a_signing_secret_that_is_none_is_refused_without_being_repeated(String secret) {
    var config = Forwarders.config("https://example.com", "signing_secret", secret);
    var violations = factory.validate(Forwarders.plan(config));
    assertEquals(1, violations.size());
    assertEquals(
        "must be whsec_ followed by 24 to 64 bytes in base64", violations.getFirst().message());
  }

  @Test
  void references_are_looked_into_only_once_they_are_resolved() {
    var config =
        Forwarders.config(
            "${env:HOOK_URL}",
            "signing_secret",
            "${file:/run/secrets/hook}",
            "headers",
            Map.of("Authorization", "${env:TOKEN}"));
    assertEquals(List.of(), factory.validate(Forwarders.plan(config)));
    assertEquals("${env:HOOK_URL}", factory.destination(config));
    var processor = Forwarders.open(factory, Forwarders.config("nonsense"), "localhost");
    var refused = assertInstanceOf(Opening.Refused.class, processor.open(Records.SOURCE));
    assertTrue(refused.cause().reason().startsWith("endpoint_url must begin"), refused.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://Example.com/a?b, https://example.com",
    "https://example.com:443/c, https://example.com",
    "http://example.com:8080, http://example.com:8080",
    "http://[2A00::1]/, http://[2a00::1]"
  })
  void secrets_go_to_an_origin(String url, String origin) {
    assertEquals(origin, factory.destination(Forwarders.config(url)));
  }

  @Test
  void a_configuration_without_an_endpoint_has_no_destination() {
    assertEquals("", factory.destination(ProcessorConfig.empty()));
  }

  @Test
  void a_dry_run_connects_and_sends_nothing() throws IOException {
    try (var endpoint = Endpoint.that(Endpoint.OK)) {
      var checks = factory.check(Forwarders.plan(Forwarders.config(endpoint.url())));
      assertTrue(checks.stream().allMatch(SinkCheck::ok), checks.toString());
      assertEquals(List.of("allowed", "connects"), checks.stream().map(SinkCheck::name).toList());
      assertEquals(List.of(), endpoint.seen());
    }
  }

  @Test
  void a_dry_run_says_what_is_not_well() {
    var forbidden = factory.check(Forwarders.plan(Forwarders.config("http://127.0.0.1:1/")));
    assertFalse(forbidden.getLast().ok());
    assertTrue(forbidden.getLast().detail().contains("FORWARDER_ALLOWED_HOSTS"));
    var absent = factory.check(Forwarders.plan(Forwarders.config("http://localhost:1/")));
    assertEquals("connects", absent.getLast().name());
    assertFalse(absent.getLast().ok());
  }
}
