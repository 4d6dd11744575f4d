package io.kafkafetch.application.management;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.Violations;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ClientProperty;
import io.kafkafetch.domain.consumer.ClusterAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the client properties of a draft. Stored secrets are kept only for the brokers that they
 * are stored for, and only while they are sent in the same way: otherwise whoever may edit a
 * consumer could have its password sent to a broker of their own, or bare.
 */
final class ClientSecrets {
  private static final String FIELD = "client_config";

  /** A change of these may show the password to somebody else. */
  private static final Set<ClientProperty> WAY =
      Set.of(
          ClientProperty.SECURITY_PROTOCOL,
          ClientProperty.SASL_MECHANISM,
          ClientProperty.SSL_TRUSTSTORE_CERTIFICATES,
          ClientProperty.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM);

  private ClientSecrets() {}

  static Map<String, String> read(
      ConsumerDraft draft,
      List<BrokerAddress> servers,
      Optional<ClusterAddress> current,
      Violations violations) {
    var stored = current.map(ClusterAddress::clientConfig).orElse(Map.of());
    boolean sameBrokers =
        current.map(ClusterAddress::bootstrapServers).orElse(List.of()).containsAll(servers);
    if (draft.clientConfig().isPresent()) {
      var sent = draft.clientConfig().get();
      var kept = sameBrokers && sameWay(sent, stored) ? stored : Map.<String, String>of();
      return ClientConfigRules.read(complete(sent, kept, violations), violations);
    }
    if (!sameBrokers && stored.keySet().stream().anyMatch(ClientProperty::isSecret)) {
      violations.add(
          FIELD,
          "is required, since the stored one holds secrets, which are kept only for the brokers"
              + " that they were sent for; send it whole, or {} for none");
      return Map.of();
    }
    return stored;
  }

  private static boolean sameWay(Map<String, String> sent, Map<String, String> stored) {
    return WAY.stream()
        .map(ClientProperty::wireName)
        .allMatch(name ->
            Optional.ofNullable(sent.get(name)).equals(Optional.ofNullable(stored.get(name))));
  }

  /** What was sent, with the secrets that are kept; one that is not is noted and left out. */
  private static Map<String, String> complete(
      Map<String, String> sent, Map<String, String> kept, Violations violations) {
    var complete = new LinkedHashMap<String, String>();
    sent.forEach((name, value) -> {
      boolean hidden = ClientProperty.isSecret(name) && value.equals(SecretFields.HIDDEN);
      var secret = hidden ? kept.get(name) : value;
      if (secret != null) {
        complete.put(name, secret);
      } else if (ClientProperty.of(name).isPresent()) {
        violations.add(
            FIELD + "." + name,
            "says *** for a secret that is not stored for these brokers, protocol, mechanism and"
                + " trust; send the secret itself");
      } else {
        complete.put(name, value);
      }
    });
    return complete;
  }
}
