package io.kafkafetch.application.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFieldsTest {
  private static final ConfigSchema SCHEMA = GivenService.Mailer.SCHEMA;

  private static ProcessorConfig config(Object... keysAndValues) {
    return GivenService.mailer(keysAndValues).config().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/x,                   https://example.org/x",
    "https://ann@example.org/x,               https://ann@example.org/x",
    "https://ann:pw@example.org/x,            https://ann:***@example.org/x",
    "https://ann:p@w@example.org/x,           https://ann:***@example.org/x",
    "https://ann:p/w?@example.org/x,          https://ann:***@example.org/x",
    "redis://:pw@example.org,                 redis://:***@example.org",
    "postgresql://a:${env:PW}@h/d,            postgresql://a:***@h/d",
    "jdbc:postgresql://a:pw@h:5432/d,         jdbc:postgresql://a:***@h:5432/d",
    "jdbc:postgresql://h/d?user=a&password=b, jdbc:postgresql://h/d?user=a&password=***",
    "https://h/?api_key=1&x=2&Token=3,        https://h/?api_key=***&x=2&Token=***",
    "https://h/?client_secret=a&y=b,          https://h/?client_secret=***&y=b",
  })
  void aPasswordInAUrlIsHidden(String url, String shown) {
    assertEquals(shown, SecretFields.hidePassword(url));
  }

  @Test
  void eachFieldIsHiddenAsItsSchemaSays() {
    var shown =
        SecretFields.redact(
            config(
                "url", "https://ann:pw@h/x",
                "key", "s3cret",
                "headers", Map.of("Authorization", "Bearer t", "Content-Type", "text/plain"),
                "box", "plain",
                "unknown", "who knows"),
            SCHEMA);

    assertEquals("https://ann:***@h/x", shown.text("url"));
    assertEquals("***", shown.text("key"));
    assertEquals(
        Map.of("Authorization", "***", "Content-Type", "text/plain"), shown.texts("headers"));
    assertEquals("plain", shown.text("box"));
    assertEquals("***", shown.text("unknown"));
  }

  @Test
  void whatIsNotOfItsTypeIsHiddenAltogether() {
    var shown =
        SecretFields.redact(
            new ProcessorConfig(Map.of("url", 7L, "headers", "Authorization: x")), SCHEMA);

    assertEquals(Map.of("url", "***", "headers", "***"), shown.values());
  }

  @Test
  void ofATypeThatIsNotInstalledEverythingIsHidden() {
    var spec = spec(config("url", "https://h", "box", "x"), Map.of());

    var shown = SecretFields.redact(spec, _ -> Optional.empty());

    assertEquals(
        Map.of("url", "***", "box", "***"), shown.processors().getFirst().config().values());
  }

  @Test
  void secretClientPropertiesAreHidden() {
    var spec =
        spec(
            config("url", "https://h"),
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.password", "pw",
                "ssl.keystore.key", "-----BEGIN",
                "sasl.jaas.config", "…"));

    var shown = SecretFields.redact(spec, _ -> Optional.of(SCHEMA));

    assertEquals(
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.password", "***",
            "ssl.keystore.key", "***",
            "sasl.jaas.config", "***"),
        shown.cluster().clientConfig());
  }

  private static ConsumerSpec spec(ProcessorConfig config, Map<String, String> client) {
    var plain = Given.spec("t", "g");
    return new ConsumerSpec(
        new ClusterAddress(plain.cluster().bootstrapServers(), client),
        plain.topic(),
        plain.group(),
        List.of(new ProcessorSpec(Given.newId().value(), "mailer", config, Given.NOON, Given.NOON)),
        1,
        plain.offsetReset(),
        plain.delivery());
  }

  @Test
  void onlyHiddenSecretsNeedToBePutBack() {
    assertFalse(SecretFields.hidesSomething(config("url", "https://a:b@h", "box", "***"), SCHEMA));
    assertTrue(SecretFields.hidesSomething(config("url", "https://a:***@h"), SCHEMA));
    assertTrue(SecretFields.hidesSomething(config("key", "***"), SCHEMA));
    assertTrue(SecretFields.hidesSomething(config("headers", Map.of("A", "***")), SCHEMA));
  }

  /** What is sent, what is stored, what comes of it; empty when that is refused. */
  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource({
    "https://ann:***@h/x,          https://ann:pw@h/x,       https://ann:pw@h/x",
    "https://ann:***@h/other?y=1,  https://ann:pw@h/x,       https://ann:pw@h/other?y=1",
    "https://bob:***@h/x,          https://ann:pw@h/x,       https://bob:pw@h/x",
    "https://ann:***@H/x,          https://ann:pw@h/x,       https://ann:pw@H/x",
    "https://ann:***@h/x,          https://ann:p@w@h/x,      https://ann:p@w@h/x",
    "https://ann:***@evil/x,       https://ann:pw@h/x,       ",
    "https://ann:***@h:8443/x,     https://ann:pw@h/x,       ",
    "http://ann:***@h/x,           https://ann:pw@h/x,       ",
    "https://ann:***@evil/@h,      https://ann:pw@h/x,       ",
    "https://ann:***@h/x,          https://h/x,              ",
    "https://h/?token=***,         https://h/?token=t,       https://h/?token=t",
    "https://evil/?token=***,      https://h/?token=t,       ",
    "https://ann:***@h/?token=***, https://ann:pw@h/?token=t,https://ann:pw@h/?token=t",
    "https://bob:***@h/?token=***, https://ann:pw@h/?token=t,https://bob:pw@h/?token=t",
    "https://ann:***@h/y?token=***,https://ann:pw@h/?token=t,",
  })
  void aPasswordIsPutBackOnlyForTheSameHost(String sent, String stored, String restored) {
    assertEquals(
        Optional.ofNullable(restored),
        SecretFields.restore(config("url", sent), config("url", stored), SCHEMA)
            .map(config -> config.text("url")));
  }

  @Test
  void headersArePutBackOneByOne() {
    var stored = config("url", "https://h", "headers", Map.of("A", "secret", "B", "other"));

    var restored =
        SecretFields.restore(
            config("url", "https://h", "headers", Map.of("A", "***", "C", "new")), stored, SCHEMA);

    assertEquals(
        Optional.of(Map.of("A", "secret", "C", "new")),
        restored.map(config -> config.texts("headers")));
  }

  @Test
  void aHeaderThatWasNeverStoredCannotBePutBack() {
    var sent = config("url", "https://h", "headers", Map.of("New", "***"));

    assertEquals(Optional.empty(), SecretFields.restore(sent, config("url", "https://h"), SCHEMA));
  }

  @Test
  void aWholeSecretIsPutBack() {
    var stored = config("url", "https://h", "key", "s3cret");

    assertEquals(
        Optional.of("s3cret"),
        SecretFields.restore(config("key", "***"), stored, SCHEMA).map(c -> c.text("key")));
    assertEquals(
        Optional.empty(), SecretFields.restore(config("key", "***"), config("url", "h"), SCHEMA));
  }
}
