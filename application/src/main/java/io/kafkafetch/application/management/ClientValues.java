package io.kafkafetch.application.management;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kafkafetch.domain.consumer.ClientProperty;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is wrong with the value of a client property, in words that never repeat it. A reference to
 * a secret is looked into when it is resolved.
 */
final class ClientValues {
  static final List<String> MECHANISMS =
      List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");

  private static final List<String> PROTOCOLS =
      List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
  private static final int LONGEST_TEXT = 1_024;
  private static final int LONGEST_TOKEN = 16 << 10;
  private static final int LONGEST_PEM = 64 << 10;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]*}");

  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

  /** Never gives back what it has taken: whoever sends a text must not choose how long it takes. */
  private static final Pattern CERTIFICATES =
      Pattern.compile(
          "(?:\\s*+-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]++-----END CERTIFICATE-----)++\\s*+");

  private static final Pattern KEY =
      Pattern.compile(
          "\\s*+-----BEGIN (ENCRYPTED |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)"
              + "-----END \\1PRIVATE KEY-----\\s*+");

  private ClientValues() {}

  static Optional<String> violation(ClientProperty property, String value) {
    boolean reference = REFERENCE.matcher(value).find();
    return switch (property) {
      case SECURITY_PROTOCOL -> oneOf(PROTOCOLS, value);
      case SASL_MECHANISM -> oneOf(MECHANISMS, value);
      case SSL_ENDPOINT_IDENTIFICATION_ALGORITHM ->
          value.equals("https") || value.isEmpty()
              ? Optional.empty()
              : Optional.of("must be https, or empty to trust a certificate of any host");
      case SASL_USERNAME, SASL_PASSWORD, SSL_KEY_PASSWORD -> text(value);
      case SASL_OAUTHBEARER_TOKEN -> reference ? text(value) : token(value);
      case SSL_TRUSTSTORE_CERTIFICATES, SSL_KEYSTORE_CERTIFICATE_CHAIN ->
          reference ? text(value) : certificates(value);
      case SSL_KEYSTORE_KEY -> reference ? text(value) : key(value);
    };
  }

  private static Optional<String> oneOf(List<String> accepted, String value) {
    return accepted.contains(value)
        ? Optional.empty()
        : Optional.of("must be one of " + String.join(", ", accepted));
  }

  private static Optional<String> text(String value) {
    boolean legal =
        !value.isEmpty()
            && value.length() <= LONGEST_TEXT
            && value.chars().noneMatch(Character::isISOControl);
    return legal
        ? Optional.empty()
        : Optional.of(
            "must be a text of 1 to " + LONGEST_TEXT + " characters without control characters");
  }

  private static Optional<String> token(String value) {
    return value.length() <= LONGEST_TOKEN && TOKEN.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(
            "must be a JWT, three texts in base64url with dots in between, or a reference to one");
  }

  private static Optional<String> certificates(String value) {
    return value.length() <= LONGEST_PEM
            && CERTIFICATES.matcher(value).matches()
            && areCertificates(value)
        ? Optional.empty()
        : Optional.of(
            "must be one or more certificates as PEM (-----BEGIN CERTIFICATE-----), at most "
                + LONGEST_PEM
                + " characters");
  }

  private static boolean areCertificates(String pem) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      return !factory
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
          .isEmpty();
    } catch (CertificateException malformed) {
      return false;
    }
  }

  private static Optional<String> key(String value) {
    var pem = KEY.matcher(value);
    return value.length() <= LONGEST_PEM && pem.matches() && isBase64(pem.group(2))
        ? Optional.empty()
        : Optional.of(
            "must be one private key as PKCS #8 in PEM (-----BEGIN PRIVATE KEY----- or -----BEGIN"
                + " ENCRYPTED PRIVATE KEY-----; openssl pkcs8 -topk8 makes one of others)");
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text.replaceAll("\\s", "")).length > 0;
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
