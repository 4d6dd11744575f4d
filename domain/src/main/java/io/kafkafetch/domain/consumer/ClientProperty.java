package io.kafkafetch.domain.consumer;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Kafka client properties that a consumer may bring to speak with its cluster. An allow-list:
 * none of them names a class, a file or a URL that the server would then load, read or call. Names
 * are Kafka's own, but for user, password and token, which Kafka takes as a line of JAAS alone.
 */
public enum ClientProperty {
  /** Whether to encrypt, and whether to log in. */
  SECURITY_PROTOCOL("security.protocol", false),
  /** How to log in. */
  SASL_MECHANISM("sasl.mechanism", false),
  /** As whom to log in, by PLAIN or SCRAM. */
  SASL_USERNAME("sasl.username", false),
  /** The password of that user. */
  SASL_PASSWORD("sasl.password", true),
  /** The token to log in with, by OAUTHBEARER. */
  SASL_OAUTHBEARER_TOKEN("sasl.oauthbearer.token", true),
  /** Whom to trust, as PEM; whom Java trusts when absent. */
  SSL_TRUSTSTORE_CERTIFICATES("ssl.truststore.certificates", false),
  /** Our own certificate and those above it, as PEM. */
  SSL_KEYSTORE_CERTIFICATE_CHAIN("ssl.keystore.certificate.chain", false),
  /** The private key of our own certificate, as PEM. */
  SSL_KEYSTORE_KEY("ssl.keystore.key", true),
  /** What that key is encrypted with. */
  SSL_KEY_PASSWORD("ssl.key.password", true),
  /** Whether a broker's certificate must name the host that was connected to. */
  SSL_ENDPOINT_IDENTIFICATION_ALGORITHM("ssl.endpoint.identification.algorithm", false);

  private final String wireName;
  private final boolean secret;

  ClientProperty(String wireName, boolean secret) {
    this.wireName = wireName;
    this.secret = secret;
  }

  /** What it is called in {@code client_config}. */
  public String wireName() {
    return wireName;
  }

  /** Whether its value must never be shown. */
  public boolean isSecret() {
    return secret;
  }

  /** The property of that name, when it is one of these. */
  public static Optional<ClientProperty> of(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** Whether a value of that name must never be shown; of an unknown one nobody can say. */
  public static boolean isSecret(String wireName) {
    return of(wireName).map(ClientProperty::isSecret).orElse(true);
  }

  /** All names, for telling a caller. */
  public static String accepted() {
    return Arrays.stream(values()).map(ClientProperty::wireName).collect(Collectors.joining(", "));
  }
}
