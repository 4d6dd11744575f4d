package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.GivenService.NOTHING;
import static io.kafkafetch.application.management.GivenService.delivery;
import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.mailer;
import static io.kafkafetch.application.management.GivenService.tasks;
import static io.kafkafetch.application.management.GivenService.violations;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.OffsetReset;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.consumer.TopicName;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecReaderTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final ConsumerDraft RIGHT = draft("t", "g");
  private final GivenService given = new GivenService();

  private static OptionalLong of(long value) {
    return OptionalLong.of(value);
  }

  private static ConsumerDraft source(
      Optional<String> host,
      OptionalLong port,
      Optional<List<String>> servers,
      Map<String, String> client) {
    return new ConsumerDraft(
        host,
        port,
        servers,
        Optional.of(client),
        RIGHT.topic(),
        RIGHT.group(),
        RIGHT.autoStart(),
        RIGHT.processors(),
        RIGHT.tasksMax(),
        RIGHT.offsetReset(),
        RIGHT.delivery());
  }

  private static ConsumerDraft servers(String... servers) {
    return source(Optional.empty(), NONE, Optional.of(List.of(servers)), Map.of());
  }

  private static ConsumerDraft reset(String reset) {
    return new ConsumerDraft(
        RIGHT.brokerHost(),
        RIGHT.brokerPort(),
        RIGHT.bootstrapServers(),
        RIGHT.clientConfig(),
        RIGHT.topic(),
        RIGHT.group(),
        RIGHT.autoStart(),
        RIGHT.processors(),
        RIGHT.tasksMax(),
        Optional.of(reset),
        RIGHT.delivery());
  }

  private static ConsumerDraft batches(OptionalLong records, OptionalLong bytes) {
    return delivery(RIGHT, timed(records, bytes, NONE, NONE));
  }

  private static ConsumerDraft times(OptionalLong linger, OptionalLong interval) {
    return delivery(RIGHT, timed(NONE, NONE, linger, interval));
  }

  private static DeliveryDraft timed(
      OptionalLong records, OptionalLong bytes, OptionalLong linger, OptionalLong interval) {
    return new DeliveryDraft(
        records,
        bytes,
        linger,
        interval,
        NONE,
        NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ConsumerDraft retry(
      OptionalLong initial,
      OptionalLong max,
      Optional<Double> jitter,
      Optional<OptionalLong> attempts) {
    return delivery(
        RIGHT,
        new DeliveryDraft(
            NONE,
            NONE,
            NONE,
            NONE,
            initial,
            max,
            jitter,
            attempts,
            Optional.empty(),
            Optional.empty()));
  }

  private static ConsumerDraft letters(String topic) {
    return delivery(
        RIGHT,
        new DeliveryDraft(
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Optional.of(topic))));
  }

  static Stream<Arguments> wrong() {
    var host = Optional.of("localhost");
    var none = Optional.<String>empty();
    var noList = Optional.<List<String>>empty();
    var noJitter = Optional.<Double>empty();
    var noAttempts = Optional.<OptionalLong>empty();
    var port = "must be a whole number from 1 to 65535";
    var list = "must be host:port with a port from 1 to 65535";
    var name =
        "must be 1 to 249 characters of letters, digits, '.', '_' and '-', and not '.' or '..'";
    return Stream.of(
        arguments(source(host, of(0), noList, Map.of()), "broker_port: " + port),
        arguments(source(host, of(65_536), noList, Map.of()), "broker_port: " + port),
        arguments(source(host, of(1L << 32), noList, Map.of()), "broker_port: " + port),
        arguments(
            source(host, NONE, noList, Map.of()),
            "broker_port: is required and must be a whole number from 1 to 65535"),
        arguments(
            source(none, of(1), noList, Map.of()),
            "broker_ip: is required and must be a host name or an IP address (or give"
                + " bootstrap_servers)"),
        arguments(
            source(Optional.of("a b"), of(1), noList, Map.of()),
            "broker_ip: must be a host name or an IP address"),
        arguments(servers(), "bootstrap_servers: must be a list of 1 to 32 texts host:port"),
        arguments(
            servers(Collections.nCopies(33, "a:1").toArray(String[]::new)),
            "bootstrap_servers: must be a list of 1 to 32 texts host:port"),
        arguments(servers("a:1", "b"), "bootstrap_servers[1]: " + list),
        arguments(servers("a:0"), "bootstrap_servers[0]: " + list),
        arguments(
            source(host, of(1), Optional.of(List.of("other:1")), Map.of()),
            "bootstrap_servers: must not be given together with another broker_ip or broker_port"),
        arguments(
            source(host, of(1), noList, Map.of("sasl.jaas.config", "x")),
            "client_config.sasl.jaas.config: is not accepted; accepted are security.protocol,"
                + " sasl.mechanism, sasl.username, sasl.password, sasl.oauthbearer.token,"
                + " ssl.truststore.certificates, ssl.keystore.certificate.chain, ssl.keystore.key,"
                + " ssl.key.password, ssl.endpoint.identification.algorithm"),
        arguments(
            source(host, of(1), noList, Map.of("security.protocol", "NONE")),
            "client_config.security.protocol: must be one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL"),
        arguments(draft("a/b", "g"), "topic: " + name),
        arguments(draft("..", "g"), "topic: " + name),
        arguments(draft("", "g"), "topic: " + name),
        arguments(tasks(RIGHT, 0), "tasks_max: must be a whole number from 1 to 64"),
        arguments(tasks(RIGHT, 65), "tasks_max: must be a whole number from 1 to 64"),
        arguments(tasks(RIGHT, 1L << 32 | 1), "tasks_max: must be a whole number from 1 to 64"),
        arguments(reset("first"), "auto_offset_reset: must be earliest or latest"),
        arguments(
            batches(of(0), NONE),
            "delivery.max_batch_records: must be a whole number from 1 to 100000"),
        arguments(
            batches(of(1L << 32 | 1), NONE),
            "delivery.max_batch_records: must be a whole number from 1 to 100000"),
        arguments(
            batches(NONE, of(67_108_865)),
            "delivery.max_batch_bytes: must be a whole number from 1 to 67108864"),
        arguments(
            times(of(-1), NONE), "delivery.linger_ms: must be a whole number from 0 to 60000"),
        arguments(
            times(NONE, of(9)),
            "delivery.commit_interval_ms: must be a whole number from 10 to 60000"),
        arguments(
            retry(of(0), NONE, noJitter, noAttempts),
            "delivery.retry.initial_ms: must be a whole number from 1 to 86400000"),
        arguments(
            retry(of(500), of(400), noJitter, noAttempts),
            "delivery.retry.max_ms: must be at least initial_ms"),
        arguments(
            retry(NONE, NONE, Optional.of(1.01), noAttempts),
            "delivery.retry.jitter: must be a number from 0 to 1"),
        arguments(
            retry(NONE, NONE, Optional.of(Double.NaN), noAttempts),
            "delivery.retry.jitter: must be a number from 0 to 1"),
        arguments(
            retry(NONE, NONE, noJitter, Optional.of(of(0))),
            "delivery.retry.attempts: must be a whole number from 1 to 2147483647"),
        arguments(letters("a b"), "delivery.dead_letter.topic: " + name),
        arguments(
            draft("t", "g", new ProcessorDraft("gone", ProcessorConfig.empty())),
            "processor_configs[0].processor_type: is not an installed type: gone; accepted are"
                + " mailer"),
        arguments(
            draft("t", "g", mailer("url", "https://h"), mailer("box", "x")),
            "processor_configs[1].config.url: is required and must be a text of 1 to 500"
                + " characters; accepted keys are url (required), key, headers, box, size"),
        arguments(
            draft("t", "g", mailer("url", "https://h", "uri", "x")),
            "processor_configs[0].config.uri: is not a known key; accepted are url (required), key,"
                + " headers, box, size"),
        arguments(
            draft("t", "g", mailer("url", "https://h", "size", 10L)),
            "processor_configs[0].config.size: must be a whole number from 1 to 9"),
        arguments(
            tasks(draft("t", "g", mailer("url", "https://h", "box", "b")), 2),
            "processor_configs[0].config.box: must be absent where tasks_max is above 1"),
        arguments(
            draft("t", "g", mailer("url", "https://a:***@h")),
            "processor_configs[0].config: says *** for a secret that is not stored for this"
                + " destination; send the secret itself"),
        arguments(
            draft(
                "t",
                "g",
                mailer("url", "https://h", "box", "b"),
                mailer("url", "https://i", "box", "b")),
            "processor_configs[1].config: writes to box:b, which another processor of this consumer"
                + " writes to as well; one of them asks to be its only writer"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void eachWrongFieldIsNamedWithWhatIsAccepted(ConsumerDraft draft, String violation) {
    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.create(draft));

    assertEquals(List.of(violation), violations(refused));
    assertEquals(
        List.of(),
        given.consumers.list(io.kafkafetch.application.driving.ConsumerFilter.all()).items());
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    var draft = tasks(draft("a/b", "", new ProcessorDraft("gone", ProcessorConfig.empty())), 0);

    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.create(draft));

    assertEquals(
        List.of("topic", "consumer_group", "tasks_max", "processor_configs[0].processor_type"),
        refused.violations().stream().map(violation -> violation.field()).toList());
  }

  @Test
  void whatIsAbsentIsRequiredOrHasItsDefault() {
    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.create(NOTHING));
    assertEquals(
        List.of("broker_ip", "broker_port", "topic", "consumer_group"),
        refused.violations().stream().map(violation -> violation.field()).toList());

    var spec = given.consumers.create(RIGHT).consumer().spec();

    assertEquals(1, spec.tasksMax());
    assertEquals(OffsetReset.EARLIEST, spec.offsetReset());
    assertEquals(DeliveryPolicy.DEFAULT, spec.delivery());
  }

  @Test
  void whatAResponseShowsMayBeSentBack() {
    var both = source(Optional.of("a"), of(1), Optional.of(List.of("a:1", "[::1]:2")), Map.of());

    var cluster = given.consumers.create(both).consumer().spec().cluster();

    assertEquals("a:1,[::1]:2", cluster.bootstrap());
  }

  @Test
  void deliveryIsReadAsItIsMeant() {
    var draft =
        delivery(
            RIGHT,
            new DeliveryDraft(
                of(10),
                of(2_000),
                of(5),
                of(300),
                of(7),
                of(70),
                Optional.of(0.5),
                Optional.of(of(4)),
                Optional.of(false),
                Optional.of(Optional.of("letters"))));

    var id = given.consumers.create(draft).consumer().id().toString();
    var policy =
        new DeliveryPolicy(
            10,
            2_000,
            Duration.ofMillis(5),
            Duration.ofMillis(300),
            new RetryPolicy(Duration.ofMillis(7), Duration.ofMillis(70), 0.5, OptionalInt.of(4)),
            new DeadLetterPolicy(false, Optional.of(new TopicName("letters"))));
    assertEquals(policy, given.consumers.get(id).consumer().spec().delivery());

    // What is absent stays; null means endless, and the default topic.
    var endless =
        new DeliveryDraft(
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            NONE,
            Optional.empty(),
            Optional.of(NONE),
            Optional.empty(),
            Optional.of(Optional.empty()));
    var changed = given.consumers.update(id, delivery(NOTHING, endless), NONE).consumer().spec();
    assertEquals(
        new RetryPolicy(Duration.ofMillis(7), Duration.ofMillis(70), 0.5, OptionalInt.empty()),
        changed.delivery().retry());
    assertEquals(new DeadLetterPolicy(false, Optional.empty()), changed.delivery().deadLetter());
    assertEquals(10, changed.delivery().maxBatchRecords());
  }
}
