package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.domain.consumer.ClientProperty;
import io.kafkafetch.domain.consumer.ClusterAddress;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How a cluster wants to be spoken with, in the properties of Kafka's clients: references are
 * resolved, user and password become a line of JAAS, certificates stay texts. Everything that may
 * hold a secret is a {@link Password}, which Kafka's own log hides.
 */
final class ClusterSecurity {
  private final SecretReferences secrets;

  ClusterSecurity(SecretReferences secrets) {
    this.secrets = secrets;
  }

  /**
   * The properties of that cluster's clients.
   *
   * @throws UnusableClientConfigException when a reference cannot be resolved, or a certificate,
   *     key or token cannot be used
   */
  Map<String, Object> properties(ClusterAddress cluster) {
    var given = given(cluster);
    var properties = new HashMap<String, Object>();
    given.forEach((property, value) -> put(properties, property, value));
    login(cluster, given, properties);
    boolean ownTexts =
        properties.containsKey(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG)
            || properties.containsKey(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG);
    if (cluster.isEncrypted() && ownTexts) {
      // A client would take a certificate that cannot be read for a broker that is away.
      context(properties);
    }
    return properties;
  }

  /** What TLS with that cluster goes by; empty when it is not spoken with over TLS. */
  Optional<SSLContext> tls(ClusterAddress cluster) {
    return cluster.isEncrypted() ? Optional.of(context(properties(cluster))) : Optional.empty();
  }

  private Map<ClientProperty, String> given(ClusterAddress cluster) {
    var given = new EnumMap<ClientProperty, String>(ClientProperty.class);
    resolved(cluster.clientConfig())
        .forEach((name, value) ->
            given.put(
                ClientProperty.of(name)
                    .orElseThrow(() ->
                        new UnusableClientConfigException(
                            "client_config: " + name + " is not accepted")),
                value));
    return given;
  }

  private Map<String, String> resolved(Map<String, String> config) {
    var values = new HashMap<String, String>();
    config.forEach((name, value) -> values.put(name, resolved(name, value)));
    return values;
  }

  private String resolved(String name, String value) {
    return switch (secrets.resolve(new ProcessorConfig(Map.of(name, value)))) {
      case SecretReferences.Resolution.Resolved(var config) -> config.text(name);
      case SecretReferences.Resolution.Unresolved(var reason) ->
          throw new UnusableClientConfigException("client_config: " + name + ": " + reason);
    };
  }

  private static void put(Map<String, Object> properties, ClientProperty property, String value) {
    switch (property) {
      case SECURITY_PROTOCOL -> properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, value);
      case SASL_MECHANISM -> properties.put(SaslConfigs.SASL_MECHANISM, value);
      case SSL_TRUSTSTORE_CERTIFICATES -> {
        properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
        properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, new Password(value));
      }
      case SSL_KEYSTORE_CERTIFICATE_CHAIN -> {
        properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, DefaultSslEngineFactory.PEM_TYPE);
        properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(value));
      }
      case SSL_KEYSTORE_KEY ->
          properties.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(value));
      case SSL_KEY_PASSWORD ->
          properties.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, new Password(value));
      case SSL_ENDPOINT_IDENTIFICATION_ALGORITHM ->
          properties.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, value);
      case SASL_USERNAME, SASL_PASSWORD, SASL_OAUTHBEARER_TOKEN -> {
        // Together they are a login.
      }
    }
  }

  private void login(
      ClusterAddress cluster, Map<ClientProperty, String> given, Map<String, Object> properties) {
    var user = given.getOrDefault(ClientProperty.SASL_USERNAME, "");
    var password = given.getOrDefault(ClientProperty.SASL_PASSWORD, "");
    switch (given.getOrDefault(ClientProperty.SASL_MECHANISM, "")) {
      case "" -> {
        // Nobody logs in.
      }
      case "PLAIN" -> properties.put(SaslConfigs.SASL_JAAS_CONFIG, JaasLine.plain(user, password));
      case "SCRAM-SHA-256", "SCRAM-SHA-512" ->
          properties.put(SaslConfigs.SASL_JAAS_CONFIG, JaasLine.scram(user, password));
      case "OAUTHBEARER" -> {
        // Whether there is a usable one at all is found out now, not in a background thread.
        var token = given.getOrDefault(ClientProperty.SASL_OAUTHBEARER_TOKEN, "");
        PresentedToken.read(token, Instant.EPOCH);
        var source = cluster.property(ClientProperty.SASL_OAUTHBEARER_TOKEN).orElse("");
        properties.put(SaslConfigs.SASL_JAAS_CONFIG, JaasLine.token(source));
        properties.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, TokenLogin.class);
        UnaryOperator<String> resolver =
            text -> resolved(ClientProperty.SASL_OAUTHBEARER_TOKEN.wireName(), text);
        properties.put(TokenLogin.RESOLVER, resolver);
        properties.put(SaslConfigs.SASL_LOGIN_REFRESH_BUFFER_SECONDS, (short) 0);
        properties.put(SaslConfigs.SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS, (short) 1);
      }
      default ->
          throw new UnusableClientConfigException("client_config: sasl.mechanism is not accepted");
    }
  }

  /** Made as Kafka's clients make theirs, so that both trust and show the same. */
  private static SSLContext context(Map<String, Object> properties) {
    var complete = new HashMap<>(properties);
    complete.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    try (var engines = new DefaultSslEngineFactory()) {
      engines.configure(AdminClientConfig.configDef().parse(complete));
      return engines.sslContext();
    } catch (KafkaException unusable) {
      throw new UnusableClientConfigException(
          "client_config: the certificates or the key cannot be used: "
              + Faults.sentence(unusable));
    }
  }
}
