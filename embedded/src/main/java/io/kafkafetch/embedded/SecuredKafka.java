package io.kafkafetch.embedded;

import io.kafkafetch.embedded.broker.BrokerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A broker as real clusters have them, for tests: behind TLS and log-ins that it really verifies,
 * and behind one plain listener, for those who prepare a test.
 */
public final class SecuredKafka {
  /** Who may log in, by PLAIN and by SCRAM. */
  public static final String USER = "fetcher";

  /** The user's password for SCRAM. */
  public static final String SCRAM_PASSWORD = "scram-Sesame-256";

  /** The user's password for PLAIN, with all in it that careless quoting would fall for. */
  public static final String PASSWORD = "pa\"ss\\wo;rd=' ${x} ü";

  private static final String KAFKA = "org.apache.kafka.common.security.";

  /** Null until the first test asks; guarded by the class's monitor. */
  private static @Nullable SecuredKafka sharedByTests;

  private final Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
  private final TokenIssuer tokens = new TokenIssuer();
  private final Certificate own;
  private final Certificate client;
  private final EmbeddedKafka broker;

  /** The ways in. */
  public enum Listener {
    /** TLS, for whoever shows the certificate of {@link SecuredKafka#client()}. */
    TLS("SSL"),
    /** TLS and a log-in. */
    LOGIN_TLS("SASL_SSL"),
    /** A log-in in plain text. */
    LOGIN("SASL_PLAINTEXT");

    private final String protocol;

    Listener(String protocol) {
      this.protocol = protocol;
    }
  }

  private SecuredKafka() {
    try (var folder = TestFolder.create()) {
      own = Certificate.of("broker", folder.path());
      client = Certificate.of("client", folder.path());
    }
    for (var listener : Listener.values()) {
      ports.put(listener, LoopbackPort.anyFree());
    }
    broker = EmbeddedKafka.forTests(this::secured);
  }

  /** The one that the tests of this JVM share: started on first use, stopped when the JVM ends. */
  public static synchronized SecuredKafka shared() {
    var started = sharedByTests;
    if (started == null) {
      var made = new SecuredKafka();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(made.broker::close));
      sharedByTests = made;
      started = made;
    }
    return started;
  }

  private EmbeddedKafkaSettings secured(EmbeddedKafkaSettings plain) {
    var keySet = plain.dataDir().resolve("keys.json");
    write(keySet, tokens.keySet());
    var settings =
        plain
            .withSystemProperty(
                "org.apache.kafka.sasl.oauthbearer.allowed.urls", keySet.toUri().toString())
            .withSystemProperty(
                "org.apache.kafka.sasl.oauthbearer.allowed.files", keySet.toString())
            .withSystemProperty(BrokerMain.SCRAM_USERS, scramUsers())
            .withBrokerProperty("ssl.keystore.type", "PEM")
            .withBrokerProperty("ssl.keystore.certificate.chain", own.chain())
            .withBrokerProperty("ssl.keystore.key", own.key())
            .withBrokerProperty("ssl.truststore.type", "PEM")
            .withBrokerProperty("ssl.truststore.certificates", client.chain())
            .withBrokerProperty("listener.name.tls.ssl.client.auth", "required")
            .withBrokerProperty("sasl.oauthbearer.jwks.endpoint.url", keySet.toUri().toString())
            .withBrokerProperty("sasl.oauthbearer.expected.audience", TokenIssuer.AUDIENCE)
            .withBrokerProperty(
                "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER");
    for (var listener : Listener.values()) {
      settings = settings.withListener(listener.name(), listener.protocol, port(listener));
    }
    return withLogin(withLogin(settings, "login"), "login_tls");
  }

  private static String scramUsers() {
    return Stream.of("SCRAM-SHA-256", "SCRAM-SHA-512")
        .map(mechanism ->
            "%s=[name=\"%s\",password=\"%s\"]".formatted(mechanism, USER, SCRAM_PASSWORD))
        .collect(Collectors.joining(";"));
  }

  private static EmbeddedKafkaSettings withLogin(EmbeddedKafkaSettings settings, String listener) {
    var prefix = "listener.name." + listener + ".";
    var quoted = PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
    return settings
        .withBrokerProperty(
            prefix + "plain.sasl.jaas.config",
            KAFKA + "plain.PlainLoginModule required user_" + USER + "=\"" + quoted + "\";")
        .withBrokerProperty(
            prefix + "scram-sha-256.sasl.jaas.config", KAFKA + "scram.ScramLoginModule required;")
        .withBrokerProperty(
            prefix + "scram-sha-512.sasl.jaas.config", KAFKA + "scram.ScramLoginModule required;")
        .withBrokerProperty(
            prefix + "oauthbearer.sasl.jaas.config",
            KAFKA + "oauthbearer.OAuthBearerLoginModule required;")
        .withBrokerProperty(
            prefix + "oauthbearer.sasl.server.callback.handler.class",
            KAFKA + "oauthbearer.OAuthBearerValidatorCallbackHandler");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new EmbeddedException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** What clients connect to over that listener. */
  public String bootstrapServers(Listener listener) {
    return LoopbackPort.HOST + ":" + port(listener);
  }

  /** What whoever prepares a test connects to, in plain text and without a log-in. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  private int port(Listener listener) {
    return ports.getOrDefault(listener, 0);
  }

  /** What the broker shows; to be trusted. */
  public Certificate own() {
    return own;
  }

  /** What the broker trusts; to be shown. */
  public Certificate client() {
    return client;
  }

  /** Who issues the tokens that it takes. */
  public TokenIssuer tokens() {
    return tokens;
  }
}
