package io.kafkafetch.application.management;

import static io.kafkafetch.application.management.Drafts.NONE;
import static io.kafkafetch.application.management.Drafts.RIGHT;
import static io.kafkafetch.application.management.Drafts.batches;
import static io.kafkafetch.application.management.Drafts.letters;
import static io.kafkafetch.application.management.Drafts.number;
import static io.kafkafetch.application.management.Drafts.reset;
import static io.kafkafetch.application.management.Drafts.retry;
import static io.kafkafetch.application.management.Drafts.servers;
import static io.kafkafetch.application.management.Drafts.source;
import static io.kafkafetch.application.management.Drafts.times;
import static io.kafkafetch.application.management.GivenService.draft;
import static io.kafkafetch.application.management.GivenService.mailer;
import static io.kafkafetch.application.management.GivenService.tasks;
import static io.kafkafetch.application.management.GivenService.violations;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.domain.processor.ProcessorConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongSpecsTest {
  private static final String NAME =
      "must be 1 to 249 characters of letters, digits, '.', '_' and '-', and not '.' or '..'";

  private final GivenService given = new GivenService();

  static Stream<Arguments> wrongSources() {
    var host = Optional.of("localhost");
    var none = Optional.<String>empty();
    var noList = Optional.<List<String>>empty();
    var port = "must be a whole number from 1 to 65535";
    var list = "must be host:port with a port from 1 to 65535";
    return Stream.of(
        arguments(source(host, number(0), noList, Map.of()), "broker_port: " + port),
        arguments(source(host, number(65_536), noList, Map.of()), "broker_port: " + port),
        arguments(source(host, number(1L << 32), noList, Map.of()), "broker_port: " + port),
        arguments(
            source(host, NONE, noList, Map.of()),
            "broker_port: is required and must be a whole number from 1 to 65535"),
        arguments(
            source(none, number(1), noList, Map.of()),
            "broker_ip: is required and must be a host name or an IP address (or give"
                + " bootstrap_servers)"),
        arguments(
            source(Optional.of("a b"), number(1), noList, Map.of()),
            "broker_ip: must be a host name or an IP address"),
        arguments(servers(), "bootstrap_servers: must be a list of 1 to 32 texts host:port"),
        arguments(
            servers(Collections.nCopies(33, "a:1").toArray(String[]::new)),
            "bootstrap_servers: must be a list of 1 to 32 texts host:port"),
        arguments(servers("a:1", "b"), "bootstrap_servers[1]: " + list),
        arguments(servers("a:0"), "bootstrap_servers[0]: " + list),
        arguments(
            source(host, number(1), Optional.of(List.of("other:1")), Map.of()),
            "bootstrap_servers: must not be given together with another broker_ip or broker_port"),
        arguments(
            source(host, number(1), noList, Map.of("sasl.jaas.config", "x")),
            "client_config.sasl.jaas.config: is not accepted; accepted are security.protocol,"
                + " sasl.mechanism, sasl.username, sasl.password, sasl.oauthbearer.token,"
                + " ssl.truststore.certificates, ssl.keystore.certificate.chain, ssl.keystore.key,"
                + " ssl.key.password, ssl.endpoint.identification.algorithm"),
        arguments(
            source(host, number(1), noList, Map.of("security.protocol", "NONE")),
            "client_config.security.protocol: must be one of PLAINTEXT, SSL, SASL_PLAINTEXT,"
                + " SASL_SSL"),
        arguments(draft("a/b", "g"), "topic: " + NAME),
        arguments(draft("..", "g"), "topic: " + NAME),
        arguments(draft("", "g"), "topic: " + NAME));
  }

  static Stream<Arguments> wrongPolicies() {
    var noJitter = Optional.<Double>empty();
    var noAttempts = Optional.<OptionalLong>empty();
    return Stream.of(
        arguments(tasks(RIGHT, 0), "tasks_max: must be a whole number from 1 to 64"),
        arguments(tasks(RIGHT, 65), "tasks_max: must be a whole number from 1 to 64"),
        arguments(tasks(RIGHT, 1L << 32 | 1), "tasks_max: must be a whole number from 1 to 64"),
        arguments(reset("first"), "auto_offset_reset: must be earliest or latest"),
        arguments(
            batches(number(0), NONE),
            "delivery.max_batch_records: must be a whole number from 1 to 100000"),
        arguments(
            batches(number(1L << 32 | 1), NONE),
            "delivery.max_batch_records: must be a whole number from 1 to 100000"),
        arguments(
            batches(NONE, number(67_108_865)),
            "delivery.max_batch_bytes: must be a whole number from 1 to 67108864"),
        arguments(
            times(number(-1), NONE), "delivery.linger_ms: must be a whole number from 0 to 60000"),
        arguments(
            times(NONE, number(9)),
            "delivery.commit_interval_ms: must be a whole number from 10 to 60000"),
        arguments(
            retry(number(0), NONE, noJitter, noAttempts),
            "delivery.retry.initial_ms: must be a whole number from 1 to 86400000"),
        arguments(
            retry(number(500), number(400), noJitter, noAttempts),
            "delivery.retry.max_ms: must be at least initial_ms"),
        arguments(
            retry(NONE, NONE, Optional.of(1.01), noAttempts),
            "delivery.retry.jitter: must be a number from 0 to 1"),
        arguments(
            retry(NONE, NONE, Optional.of(Double.NaN), noAttempts),
            "delivery.retry.jitter: must be a number from 0 to 1"),
        arguments(
            retry(NONE, NONE, noJitter, Optional.of(number(0))),
            "delivery.retry.attempts: must be a whole number from 1 to 2147483647"),
        arguments(letters("a b"), "delivery.dead_letter.topic: " + NAME));
  }

  static Stream<Arguments> wrongProcessors() {
    return Stream.of(
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
  @MethodSource({"wrongSources", "wrongPolicies", "wrongProcessors"})
  void eachWrongFieldIsNamedWithWhatIsAccepted(ConsumerDraft draft, String violation) {
    var refused = assertThrows(Refusal.Invalid.class, () -> given.consumers.create(draft));

    assertEquals(List.of(violation), violations(refused));
    assertEquals(
        List.of(),
        given.consumers.list(io.kafkafetch.application.driving.ConsumerFilter.all()).items());
  }
}
