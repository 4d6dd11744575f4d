package io.kafkafetch.adapter.kafka;

import static io.kafkafetch.embedded.SecuredKafka.Listener.LOGIN;
import static io.kafkafetch.embedded.SecuredKafka.Listener.LOGIN_TLS;
import static io.kafkafetch.embedded.SecuredKafka.Listener.TLS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerTrial;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.domain.consumer.BrokerAddress;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.lag.PartitionLag;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.embedded.SecuredKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Consumers of a broker that wants TLS and log-ins, and verifies both. */
class SecuredClusterTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final SecuredKafka BROKER = SecuredKafka.shared();

  private static GivenApplication given;

  @BeforeAll
  static void start() {
    given = new GivenApplication(BrokerAddress.parse(BROKER.bootstrapServers()).orElseThrow());
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  @BeforeEach
  void clear() {
    given.sink.values().clear();
    given.sink.refusal = _ -> Optional.empty();
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        arguments("PLAIN", LOGIN, plain("SASL_PLAINTEXT")),
        arguments("PLAIN over TLS", LOGIN_TLS, trusting(plain("SASL_SSL"))),
        arguments("SCRAM-SHA-256", LOGIN, scram("SASL_PLAINTEXT", "SCRAM-SHA-256")),
        arguments(
            "SCRAM-SHA-512 over TLS", LOGIN_TLS, trusting(scram("SASL_SSL", "SCRAM-SHA-512"))),
        arguments("OAUTHBEARER over TLS", LOGIN_TLS, trusting(token(Duration.ofHours(1)))),
        arguments(
            "a certificate of one's own",
            TLS,
            trusting(
                Map.of(
                    "security.protocol", "SSL",
                    "ssl.keystore.certificate.chain", BROKER.client().chain(),
                    "ssl.keystore.key", BROKER.client().key()))));
  }

  private static Map<String, String> plain(String protocol) {
    return login(protocol, "PLAIN", SecuredKafka.PASSWORD);
  }

  private static Map<String, String> scram(String protocol, String mechanism) {
    return login(protocol, mechanism, SecuredKafka.SCRAM_PASSWORD);
  }

  private static Map<String, String> login(String protocol, String mechanism, String password) {
    return Map.of(
        "security.protocol", protocol,
        "sasl.mechanism", mechanism,
        "sasl.username", SecuredKafka.USER,
        "sasl.password", password);
  }

  private static Map<String, String> token(Duration lifetime) {
    return Map.of(
        "security.protocol", "SASL_SSL",
        "sasl.mechanism", "OAUTHBEARER",
        "sasl.oauthbearer.token", BROKER.tokens().token("fetcher", lifetime));
  }

  private static Map<String, String> trusting(Map<String, String> config) {
    var trusting = new HashMap<>(config);
    trusting.put("ssl.truststore.certificates", BROKER.own().chain());
    return trusting;
  }

  private static ConsumerDraft draft(
      String topic, SecuredKafka.Listener listener, Map<String, String> config) {
    var plain = given.draft(topic, topic + "-group", DeliveryDraft.empty());
    return new ConsumerDraft(
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(List.of(BROKER.bootstrapServers(listener))),
        Optional.of(config),
        plain.topic(),
        plain.group(),
        plain.autoStart(),
        plain.processors(),
        plain.tasksMax(),
        plain.offsetReset(),
        plain.delivery());
  }

  private static List<String> numbersWithout(String one) {
    return IntStream.range(0, 100)
        .mapToObj(Integer::toString)
        .filter(number -> !number.equals(one))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void everythingThatSpeaksWithTheClusterLogsInAsTheConsumerSays(
      String name, SecuredKafka.Listener listener, Map<String, String> config) {
    var topic = given.topic(1);
    var group = topic + "-group";
    given.produce(topic, 0, 100);
    given.sink.refusal =
        value -> value.equals("7") ? Optional.of(new Cause.Poison("no")) : Optional.empty();

    var found = given.application.trial().ofNew(draft(topic, listener, config));
    assertTrue(found.checks().stream().allMatch(ConsumerTrial.Check::ok), found.toString());
    var id =
        given
            .application
            .consumers()
            .create(draft(topic, listener, config))
            .consumer()
            .id()
            .toString();

    await().atMost(SOON).until(() -> given.committed(group) == 100);
    assertEquals(numbersWithout("7"), given.sink.values());
    assertEquals(
        List.of(0L),
        given.application.offsets().positions(id).partitions().values().stream()
            .map(PartitionLag::lag)
            .toList());
    var offsets =
        given.application.groups().offsets(group, Optional.of(BROKER.bootstrapServers(listener)));
    assertEquals(Map.of(topic, Map.of(0, 100L)), plainOffsets(offsets));
    assertEquals(
        1, given.application.deadLetters().letters(id, 10, Optional.empty()).letters().size());
    given.application.consumers().delete(id, OptionalLong.empty());
  }

  private static Map<String, Map<Integer, Long>> plainOffsets(
      SortedMap<String, SortedMap<Integer, CommittedOffset>> offsets) {
    var plain = new HashMap<String, Map<Integer, Long>>();
    offsets.forEach((topic, partitions) ->
        partitions.forEach((partition, committed) ->
            plain.computeIfAbsent(topic, _ -> new HashMap<>()).put(partition, committed.offset())));
    return plain;
  }

  private static Failure failure(String id) {
    await().atMost(SOON).until(() -> state(id) instanceof ConsumerState.InError);
    return ((ConsumerState.InError) state(id)).failure();
  }

  private static ConsumerState state(String id) {
    return given.application.consumers().get(id).consumer().state();
  }

  @Test
  void aWrongPasswordIsAnErrorThatWaitsForAPersonAndStartGoesOnWithTheRightOne() {
    var topic = given.topic(1);
    given.produce(topic, 0, 100);
    var wrong = login("SASL_PLAINTEXT", "SCRAM-SHA-256", "not-this-one");
    var consumers = given.application.consumers();
    var id = consumers.create(draft(topic, LOGIN, wrong)).consumer().id().toString();

    var failure = failure(id);
    assertTrue(failure.isFatal());
    assertTrue(failure.reason().contains("refuses our credentials"), failure.reason());
    assertFalse(failure.reason().contains("not-this-one"), failure.reason());

    var right = scram("SASL_PLAINTEXT", "SCRAM-SHA-256");
    consumers.update(id, draft(topic, LOGIN, right), OptionalLong.empty());
    assertEquals("INACTIVE", state(id).label());
    consumers.start(id, OptionalLong.empty());

    await().atMost(SOON).until(() -> given.sink.values().size() == 100);
    assertEquals("ACTIVE", state(id).label());
    consumers.delete(id, OptionalLong.empty());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(
            "a token that has ended",
            LOGIN_TLS,
            trusting(token(Duration.ofMinutes(-5))),
            "refuses our credentials"),
        arguments(
            "a broker that nobody vouches for",
            LOGIN_TLS,
            plain("SASL_SSL"),
            "TLS with the broker cannot be had"),
        arguments(
            "no certificate of one's own",
            TLS,
            trusting(Map.of("security.protocol", "SSL")),
            "TLS with the broker cannot be had"),
        arguments(
            "a key of another certificate",
            TLS,
            trusting(
                Map.of(
                    "security.protocol", "SSL",
                    "ssl.keystore.certificate.chain", BROKER.client().chain(),
                    "ssl.keystore.key",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")),
            "the certificates or the key cannot be used"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatCannotLogInIsInErrorWithTheReason(
      String name, SecuredKafka.Listener listener, Map<String, String> config, String reason) {
    var topic = given.topic(1);

    var tried = given.application.trial().ofNew(draft(topic, listener, config)).checks();
    var id =
        given
            .application
            .consumers()
            .create(draft(topic, listener, config))
            .consumer()
            .id()
            .toString();

    assertFalse(tried.stream().allMatch(ConsumerTrial.Check::ok), tried.toString());
    var failure = failure(id);
    assertTrue(failure.isFatal(), failure.reason());
    assertTrue(failure.reason().contains(reason), failure.reason());
    given.application.consumers().delete(id, OptionalLong.empty());
  }
}
