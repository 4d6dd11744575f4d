package io.kafkafetch.application.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.Violations;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a consumer may say about how its cluster is to be spoken with. */
class ClientConfigTest {
  private static final String KEY =
      "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n";

  private static Map<String, String> plain(String... more) {
    var config =
        new HashMap<>(
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.username", "u",
                "sasl.password", "p"));
    for (int i = 0; i < more.length; i += 2) {
      config.put(more[i], more[i + 1]);
    }
    return config;
  }

  /** What is wrong with it, field by field. */
  private static List<String> wrong(Map<String, String> config) {
    var violations = new Violations();
    ClientConfigRules.read(config, violations);
    try {
      violations.refuseIfAny();
      return List.of();
    } catch (Refusal.Invalid refused) {
      return refused.violations().stream()
          .map(violation -> violation.field() + " " + violation.message())
          .toList();
    }
  }

  static Stream<Map<String, String>> accepted() {
    return Stream.of(
        Map.of(),
        Map.of("security.protocol", "PLAINTEXT"),
        Map.of("security.protocol", "SSL"),
        Map.of("security.protocol", "SSL", "ssl.endpoint.identification.algorithm", ""),
        Map.of(
            "security.protocol",
            "SSL",
            "ssl.keystore.certificate.chain",
            "${file:/run/secrets/chain.pem}",
            "ssl.keystore.key",
            KEY,
            "ssl.key.password",
            "x"),
        plain(),
        plain("sasl.mechanism", "SCRAM-SHA-256"),
        plain("sasl.mechanism", "SCRAM-SHA-512", "security.protocol", "SASL_PLAINTEXT"),
        plain("sasl.password", "\"; evil.Module required \\"),
        plain("sasl.password", "${env:KAFKA_PASSWORD}"),
        Map.of(
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "OAUTHBEARER",
            "sasl.oauthbearer.token",
            "e30.e30."));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatGoesTogetherIsAccepted(Map<String, String> config) {
    assertEquals(List.of(), wrong(config));
  }

  @ParameterizedTest
  @CsvSource({
    "sasl.jaas.config",
    "sasl.login.callback.handler.class",
    "sasl.client.callback.handler.class",
    "sasl.login.class",
    "sasl.oauthbearer.token.endpoint.url",
    "sasl.oauthbearer.jwks.endpoint.url",
    "sasl.kerberos.kinit.cmd",
    "ssl.truststore.location",
    "ssl.keystore.location",
    "ssl.engine.factory.class",
    "ssl.provider",
    "security.providers",
    "interceptor.classes",
    "metric.reporters",
    "config.providers",
    "key.deserializer",
    "partition.assignment.strategy",
    "bootstrap.servers",
    "group.id",
    "SASL.USERNAME",
    "''",
  })
  void noOtherNameIs(String name) {
    var said = wrong(plain(name, "x")).getFirst();

    assertTrue(
        said.startsWith("client_config." + name + " is not accepted; accepted are security.protoc"),
        said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          security.protocol | sasl_ssl | must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL
          security.protocol | ${env:X} | must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL
          sasl.mechanism    | GSSAPI   | must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER
          sasl.mechanism    | evil.Module | must be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER
          sasl.password     | ''       | must be a text of 1 to 1024 characters without control characters
          ssl.endpoint.identification.algorithm | none | must be https, or empty to trust a certificate of any host
          ssl.truststore.certificates | /etc/ssl/certs/ca.pem | must be one or more certificates as PEM
          ssl.truststore.certificates | -----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- | must be one or more certificates as PEM
          ssl.keystore.key  | /etc/key.pem | must be one private key as PKCS #8 in PEM
          ssl.keystore.key  | -----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY----- | openssl pkcs8 -topk8
          sasl.oauthbearer.token | https://evil.example/token | must be a JWT
          """)
  void aWrongValueIsToldWhatIsAcceptedAndNotRepeated(String name, String value, String accepted) {
    var said = String.join("\n", wrong(Map.of(name, value)));

    assertTrue(said.startsWith("client_config." + name + " must be"), said);
    assertTrue(said.contains(accepted), said);
    assertTrue(value.isEmpty() || !said.contains(value), said);
  }

  @Test
  void aLineBreakInAPasswordIsRefused() {
    assertTrue(wrong(plain("sasl.password", "a\nb")).getFirst().contains("control characters"));
  }

  @Test
  void whatALoginNeedsIsNamed() {
    assertEquals(
        List.of(
            "client_config.sasl.mechanism is required with security.protocol SASL_SSL and must be"
                + " one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER"),
        wrong(Map.of("security.protocol", "SASL_SSL")));
    assertEquals(
        List.of(
            "client_config.sasl.password is required with sasl.mechanism PLAIN",
            "client_config.sasl.username is required with sasl.mechanism PLAIN"),
        wrong(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN")));
    assertEquals(
        List.of(
            "client_config.sasl.oauthbearer.token is required with sasl.mechanism OAUTHBEARER",
            "client_config.sasl.password does not go with sasl.mechanism OAUTHBEARER",
            "client_config.sasl.username does not go with sasl.mechanism OAUTHBEARER"),
        wrong(plain("sasl.mechanism", "OAUTHBEARER")));
  }

  @Test
  void whatWouldBeSentNowhereIsRefused() {
    assertEquals(
        List.of(
            "client_config.sasl.password needs security.protocol SASL_SSL or SASL_PLAINTEXT, not"
                + " PLAINTEXT"),
        wrong(Map.of("sasl.password", "p")));
    assertEquals(
        List.of(
            "client_config.ssl.endpoint.identification.algorithm needs security.protocol SSL or"
                + " SASL_SSL, not SASL_PLAINTEXT"),
        wrong(
            plain(
                "security.protocol",
                "SASL_PLAINTEXT",
                "ssl.endpoint.identification.algorithm",
                "https")));
    assertEquals(
        List.of("client_config.ssl.keystore.certificate.chain is required with ssl.keystore.key"),
        wrong(Map.of("security.protocol", "SSL", "ssl.keystore.key", KEY)));
  }

  @Test
  void aTextThatIsMadeToBeSlowIsReadFast() {
    var certificate = "-----BEGIN CERTIFICATE-----A-----END CERTIFICATE-----" + " ".repeat(10);
    var slow = certificate.repeat(1_000) + "!";

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> wrong(Map.of("ssl.truststore.certificates", slow)));
  }
}
