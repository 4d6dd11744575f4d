package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.mailer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.driven.ConsumerQuery;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts to have a stored secret sent to somebody else, by whoever may change a consumer. */
class KeptSecretsTest {
  private static final Map<String, String> LOGIN =
      Map.of(
          "security.protocol", "SASL_SSL",
          "sasl.mechanism", "SCRAM-SHA-512",
          "sasl.username", "ann",
          "sasl.password", "sesame");

  private final GivenService given = new GivenService();

  private static ConsumerDraft cluster(List<String> servers, Map<String, String> config) {
    var draft = GivenService.draft("orders", "billing");
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(servers),
        Optional.of(config),
        draft.topic(),
        draft.group(),
        draft.autoStart(),
        draft.processors(),
        draft.tasksMax(),
        draft.offsetReset(),
        draft.delivery());
  }

  private static ConsumerDraft servers(String... servers) {
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(List.of(servers)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Map<String, String> hidden(String... changes) {
    var config = new HashMap<>(LOGIN);
    config.put("sasl.password", "***");
    for (int i = 0; i < changes.length; i += 2) {
      config.put(changes[i], changes[i + 1]);
    }
    return config;
  }

  private String withLogin() {
    return given
        .consumers
        .create(cluster(List.of("b1:9093", "b2:9093"), LOGIN))
        .consumer()
        .id()
        .toString();
  }

  private ConsumerSpec stored() {
    return given.storage.consumers().list(ConsumerQuery.all()).getFirst().spec();
  }

  private void assertRefused(String id, ConsumerDraft draft, String said) {
    var before = stored();
    var refused =
        assertThrows(
            Refusal.Invalid.class, () -> given.consumers.update(id, draft, OptionalLong.empty()));
    var told = String.join("\n", GivenService.violations(refused));
    assertTrue(told.contains(said), told);
    assertFalse(told.contains("sesame"), told);
    assertEquals(before, stored());
  }

  @Test
  void aPasswordNeverComesBackButIsKeptWhenItIsSentBackHidden() {
    var id = withLogin();

    var shown = given.consumers.get(id).consumer().spec().cluster().clientConfig();
    assertEquals(hidden(), shown);
    given.consumers.update(
        id, cluster(List.of("b2:9093"), hidden("sasl.username", "bob")), OptionalLong.empty());

    assertEquals("sesame", stored().cluster().clientConfig().get("sasl.password"));
    assertEquals("bob", stored().cluster().clientConfig().get("sasl.username"));
  }

  @ParameterizedTest
  @CsvSource({"evil:9093", "b1:9094", "B1.evil:9093"})
  void aPasswordGoesToNoOtherBroker(String server) {
    var id = withLogin();

    assertRefused(id, cluster(List.of(server), hidden()), "sasl.password: says ***");
    assertRefused(id, cluster(List.of("b1:9093", server), hidden()), "says ***");
    // Not named at all, it must not go along silently either.
    assertRefused(id, servers(server), "client_config: is required");
    assertRefused(id, servers("b1:9093", server), "client_config: is required");
  }

  @ParameterizedTest
  @CsvSource({
    "security.protocol,SASL_PLAINTEXT",
    "sasl.mechanism,PLAIN",
    "ssl.endpoint.identification.algorithm,''",
    "ssl.truststore.certificates,${file:/tmp/evil.pem}",
  })
  void aPasswordIsSentInNoOtherWay(String property, String value) {
    assertRefused(withLogin(), cluster(List.of("b1:9093"), hidden(property, value)), "says ***");
  }

  @Test
  void aPasswordThatWasNeverStoredIsNotMadeUp() {
    var id =
        given
            .consumers
            .create(cluster(List.of("b1:9093"), Map.of("security.protocol", "SSL")))
            .consumer()
            .id()
            .toString();

    assertRefused(id, cluster(List.of("b1:9093"), hidden()), "says ***");
    assertThrows(
        Refusal.Invalid.class, () -> given.consumers.create(cluster(List.of("b1:9093"), hidden())));
  }

  @Test
  void aClusterWithoutSecretsMovesFreely() {
    var id =
        given
            .consumers
            .create(cluster(List.of("b1:9093"), Map.of("security.protocol", "SSL")))
            .consumer()
            .id()
            .toString();

    given.consumers.update(id, servers("b9:9093"), OptionalLong.empty());

    assertEquals(Map.of("security.protocol", "SSL"), stored().cluster().clientConfig());
  }

  private String withMailers(ProcessorDraft... mailers) {
    return given
        .consumers
        .create(GivenService.draft("orders", "billing", mailers))
        .consumer()
        .id()
        .toString();
  }

  private List<Object> keys() {
    return stored().processors().stream().map(it -> it.config().values().get("key")).toList();
  }

  private void put(String id, ProcessorDraft... mailers) {
    given.consumers.update(id, GivenService.processorsOnly(mailers), OptionalLong.empty());
  }

  @Test
  void eachOfTwoProcessorsOfOneHostKeepsItsOwnSecret() {
    var id =
        withMailers(
            mailer("url", "https://h/a", "key", "one"), mailer("url", "https://h/b", "key", "two"));

    put(id, mailer("url", "https://h/a", "key", "***"), mailer("url", "https://h/b", "key", "***"));
    assertEquals(List.of("one", "two"), keys());

    put(id, mailer("url", "https://h/b", "key", "***"), mailer("url", "https://h/a", "key", "***"));
    assertEquals(List.of("two", "one"), keys());

    put(
        id,
        mailer("url", "https://h/b2", "key", "***"),
        mailer("url", "https://h/a", "key", "***"));
    assertEquals(List.of("two", "one"), keys());
  }

  @Test
  void whereSeveralSecretsWouldFitNoneIsGuessed() {
    var id =
        withMailers(
            mailer("url", "https://h/a", "key", "one"), mailer("url", "https://h/b", "key", "two"));

    assertRefused(
        id,
        GivenService.processorsOnly(
            mailer("url", "https://h/a", "key", "***"),
            mailer("url", "https://h/b", "key", "***"),
            mailer("url", "https://h/c", "key", "***")),
        "processor_configs[2].config: says *** for a secret, and several");
  }

  @ParameterizedTest
  @CsvSource({"https://evil/x", "https://h.evil/x", "https://evil/@h/x"})
  void aWholeSecretGoesToNoOtherHost(String url) {
    var id = withMailers(mailer("url", "https://h/x", "key", "sesame"));

    assertRefused(
        id, GivenService.processorsOnly(mailer("url", url, "key", "***")), "says *** for a secret");
  }

  @ParameterizedTest
  @CsvSource({"X-Other", "authorization", "Accept"})
  void theValueOfOneHeaderIsNotSentInAnother(String name) {
    var id =
        withMailers(
            mailer("url", "https://h/x", "headers", Map.of("Authorization", "Bearer sesame")));

    assertRefused(
        id,
        GivenService.processorsOnly(mailer("url", "https://h/x", "headers", Map.of(name, "***"))),
        "says *** for a secret");
  }

  @Test
  void nothingThatIsPrintedOfASpecHoldsASecret() {
    withLogin();

    assertFalse(stored().toString().contains("sesame"), stored().toString());
  }
}
