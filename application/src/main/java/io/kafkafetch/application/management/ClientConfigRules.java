package io.kafkafetch.application.management;

import static io.kafkafetch.domain.consumer.ClientProperty.SASL_MECHANISM;
import static io.kafkafetch.domain.consumer.ClientProperty.SASL_OAUTHBEARER_TOKEN;
import static io.kafkafetch.domain.consumer.ClientProperty.SASL_PASSWORD;
import static io.kafkafetch.domain.consumer.ClientProperty.SASL_USERNAME;
import static io.kafkafetch.domain.consumer.ClientProperty.SECURITY_PROTOCOL;
import static io.kafkafetch.domain.consumer.ClientProperty.SSL_KEYSTORE_CERTIFICATE_CHAIN;
import static io.kafkafetch.domain.consumer.ClientProperty.SSL_KEYSTORE_KEY;
import static io.kafkafetch.domain.consumer.ClientProperty.SSL_KEY_PASSWORD;

import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.ClientProperty;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Which Kafka client properties a consumer may bring, which values they may have and which of them
 * go together. Whoever may create a consumer must not be able to name a class, a file or a URL that
 * this process would then load, read or call.
 */
final class ClientConfigRules {
  private static final String PLAINTEXT = "PLAINTEXT";
  private static final String OAUTHBEARER = "OAUTHBEARER";

  private final Map<ClientProperty, String> read = new EnumMap<>(ClientProperty.class);
  private final Violations violations;

  private ClientConfigRules(Violations violations) {
    this.violations = violations;
  }

  static Map<String, String> read(Map<String, String> sent, Violations violations) {
    var rules = new ClientConfigRules(violations);
    rules.take(sent);
    rules.checkTogether();
    var accepted = new LinkedHashMap<String, String>();
    rules.read.forEach((property, value) -> accepted.put(property.wireName(), value));
    return accepted;
  }

  private void take(Map<String, String> sent) {
    sent.forEach((name, value) -> {
      var property = ClientProperty.of(name);
      var wrong =
          property.isEmpty()
              ? Optional.of("is not accepted; accepted are " + ClientProperty.accepted())
              : ClientValues.violation(property.get(), value);
      violations.add(path(name), wrong);
      if (wrong.isEmpty()) {
        property.ifPresent(known -> read.put(known, value));
      }
    });
  }

  /** What goes with something that is wrong itself is not judged. */
  private void checkTogether() {
    if (!isClean(SECURITY_PROTOCOL)) {
      return;
    }
    var protocol = read.getOrDefault(SECURITY_PROTOCOL, PLAINTEXT);
    if (protocol.startsWith("SASL_")) {
      checkLogin(protocol);
    } else {
      refuseAll("sasl.", "needs security.protocol SASL_SSL or SASL_PLAINTEXT, not " + protocol);
    }
    if (protocol.endsWith("SSL")) {
      checkKey();
    } else {
      refuseAll("ssl.", "needs security.protocol SSL or SASL_SSL, not " + protocol);
    }
  }

  private void checkLogin(String protocol) {
    if (!isClean(SASL_MECHANISM)) {
      return;
    }
    var mechanism = read.get(SASL_MECHANISM);
    if (mechanism == null) {
      refuse(
          SASL_MECHANISM,
          "is required with security.protocol "
              + protocol
              + " and must be one of "
              + String.join(", ", ClientValues.MECHANISMS));
      return;
    }
    boolean byToken = mechanism.equals(OAUTHBEARER);
    BiConsumer<ClientProperty, Boolean> belongs =
        (property, wanted) -> {
          if (read.containsKey(property) != wanted) {
            refuse(
                property,
                (wanted ? "is required with" : "does not go with")
                    + " sasl.mechanism "
                    + mechanism);
          }
        };
    belongs.accept(SASL_USERNAME, !byToken);
    belongs.accept(SASL_PASSWORD, !byToken);
    belongs.accept(SASL_OAUTHBEARER_TOKEN, byToken);
  }

  private void checkKey() {
    if (!isClean(SSL_KEYSTORE_CERTIFICATE_CHAIN) || !isClean(SSL_KEYSTORE_KEY)) {
      return;
    }
    boolean chain = read.containsKey(SSL_KEYSTORE_CERTIFICATE_CHAIN);
    boolean key = read.containsKey(SSL_KEYSTORE_KEY);
    if (chain != key) {
      refuse(
          chain ? SSL_KEYSTORE_KEY : SSL_KEYSTORE_CERTIFICATE_CHAIN,
          "is required with "
              + (chain ? SSL_KEYSTORE_CERTIFICATE_CHAIN : SSL_KEYSTORE_KEY).wireName());
    }
    if (read.containsKey(SSL_KEY_PASSWORD) && !key) {
      refuse(SSL_KEY_PASSWORD, "needs " + SSL_KEYSTORE_KEY.wireName());
    }
  }

  private void refuseAll(String prefix, String message) {
    List.copyOf(read.keySet()).stream()
        .filter(property -> property.wireName().startsWith(prefix))
        .forEach(property -> refuse(property, message));
  }

  private void refuse(ClientProperty property, String message) {
    if (isClean(property)) {
      violations.add(path(property.wireName()), message);
    }
  }

  private boolean isClean(ClientProperty property) {
    return violations.isClean(path(property.wireName()));
  }

  private static String path(String name) {
    return "client_config." + name;
  }
}
