package io.kafkafetch.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.contract.RecordingSinks;
import io.kafkafetch.application.contract.SettableClock;
import io.kafkafetch.application.delivery.SecretReferences;
import io.kafkafetch.application.driving.ConsumerDraft;
import io.kafkafetch.application.driving.ConsumerView;
import io.kafkafetch.application.driving.DeliveryDraft;
import io.kafkafetch.application.driving.ProcessorDraft;
import io.kafkafetch.application.memory.InMemoryBroker;
import io.kafkafetch.application.memory.InMemoryStorage;
import io.kafkafetch.domain.consumer.ConsumerState;
import io.kafkafetch.domain.consumer.Failure;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole application in memory: wishes, runs, verdicts. */
class ApplicationTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final OptionalLong ANY = OptionalLong.empty();

  private final SettableClock clock = new SettableClock(Given.NOON);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final InMemoryBroker broker = new InMemoryBroker(clock);
  private final RecordingSinks sinks = new RecordingSinks();
  private final List<Application> running = new ArrayList<>();
  private final Application application = server("a");

  @BeforeEach
  void topic() {
    broker.createTopic("t", 4);
  }

  @AfterEach
  void stop() {
    running.forEach(Application::close);
    broker.close();
    storage.close();
  }

  private Application server(String id) {
    var started =
        Application.over(
                new DrivenPorts(
                    SharedPorts.of(storage),
                    SharedPorts.of(broker),
                    List.of(sinks, new ThrowingProcessors()),
                    new ProcessorEnvironment(Map.of(), clock),
                    SecretReferences.none(),
                    Given.server(id)))
            .start();
    running.add(started);
    return started;
  }

  private void append(int from, int to) {
    for (int i = from; i < to; i++) {
      broker.append("t", null, Integer.toString(i).getBytes(UTF_8), List.of());
    }
  }

  private static ConsumerDraft draft(String topic, ProcessorDraft processor, long tasks) {
    return new ConsumerDraft(
        Optional.of("localhost"),
        OptionalLong.of(9092),
        Optional.empty(),
        Optional.empty(),
        Optional.of(topic),
        Optional.of("g"),
        Optional.of(true),
        Optional.of(List.of(processor)),
        OptionalLong.of(tasks),
        Optional.empty(),
        Optional.of(
            new DeliveryDraft(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(10),
                OptionalLong.of(1),
                OptionalLong.of(1),
                Optional.empty(),
                Optional.of(OptionalLong.of(2)),
                Optional.empty(),
                Optional.empty())));
  }

  private static ProcessorDraft recording(String name) {
    return new ProcessorDraft("recording", new ProcessorConfig(Map.of("name", name)));
  }

  private String consumer(long tasks) {
    var made = application.consumers().create(draft("t", recording("sink"), tasks));
    return made.consumer().id().toString();
  }

  private ConsumerView view(String id) {
    return application.consumers().get(id);
  }

  private Optional<Failure> failure(String id) {
    return view(id).consumer().state() instanceof ConsumerState.InError error
        ? Optional.of(error.failure())
        : Optional.empty();
  }

  private boolean isActive(String id) {
    return view(id).consumer().state() instanceof ConsumerState.Active;
  }

  private int taken() {
    return sinks.named("sink").values().size();
  }

  private void assertAllOnce(int count) {
    var sorted = sinks.named("sink").values().stream().map(Integer::valueOf).sorted().toList();
    assertEquals(IntStream.range(0, count).boxed().toList(), sorted);
  }

  @Test
  void whatIsStartedRunsAndWhatIsStoppedRests() {
    append(0, 100);
    var id = consumer(1);
    await().atMost(SOON).until(() -> taken() == 100);

    application.consumers().stop(id, ANY);
    await().atMost(SOON).until(() -> sinks.named("sink").open() == 0);
    append(100, 200);
    application.consumers().start(id, ANY);

    await().atMost(SOON).until(() -> taken() >= 200);
    assertAllOnce(200);
  }

  @Test
  void processorsAreSwappedWhileItStaysActive() {
    append(0, 100);
    var id = consumer(1);
    await().atMost(SOON).until(() -> taken() == 100);

    application.consumers().update(id, draft("t", recording("other"), 1), ANY);
    await().atMost(SOON).until(() -> sinks.named("sink").open() == 0);
    append(100, 200);

    await().atMost(SOON).until(() -> sinks.named("other").values().size() == 100);
    assertTrue(isActive(id));
    assertEquals(100, taken());
  }

  @Test
  void whatIsDeletedNoLongerRuns() {
    append(0, 10);
    var id = consumer(2);
    await().atMost(SOON).until(() -> taken() == 10);

    application.consumers().delete(id, ANY);

    await().atMost(SOON).until(() -> sinks.named("sink").open() == 0);
  }

  @Test
  void aFatalCauseIsAnErrorUntilAPersonStartsItAgain() {
    append(0, 100);
    sinks.named("sink").refusal =
        value -> value.equals("50") ? Optional.of(new Cause.Fatal("no entry")) : Optional.empty();
    var id = consumer(1);
    await().atMost(SOON).until(() -> failure(id).isPresent());
    assertEquals("no entry", failure(id).orElseThrow().reason());
    assertTrue(failure(id).orElseThrow().isFatal());
    await().atMost(SOON).until(() -> sinks.named("sink").open() == 0);

    sinks.named("sink").mend();
    application.consumers().start(id, ANY);

    await().atMost(SOON).until(() -> taken() >= 100);
    assertAllOnce(100);
    assertTrue(isActive(id));
  }

  @Test
  void failedProbesAreCountedAndComeEverMoreRarelyUntilOneDelivers() {
    append(0, 100);
    sinks.named("sink").refusal = _ -> Optional.of(new Cause.Transient("busy"));
    var id = consumer(1);
    var waits = new ArrayList<Duration>();
    for (int attempts = 1; attempts <= 3; attempts++) {
      int expected = attempts;
      await()
          .atMost(SOON)
          .until(() -> {
            // Enough for the second try of a batch, which comes between two rounds.
            clock.pass(Duration.ofMillis(2));
            return failure(id).filter(it -> it.attempts() == expected).isPresent();
          });
      var next = failure(id).orElseThrow().nextRetryAt().orElseThrow();
      waits.add(Duration.between(clock.instant(), next));
      clock.pass(waits.getLast());
    }
    assertTrue(
        waits.get(0).compareTo(waits.get(1)) < 0 && waits.get(1).compareTo(waits.get(2)) < 0,
        "" + waits);

    sinks.named("sink").mend();
    await()
        .atMost(SOON)
        .until(() -> {
          clock.pass(Duration.ofSeconds(5));
          return isActive(id);
        });

    await().atMost(SOON).until(() -> taken() >= 100);
    assertAllOnce(100);
    await().atMost(SOON).until(() -> view(id).trouble().isEmpty());
  }

  @Test
  void aProcessorThatCannotBeMadeStopsNoOtherConsumer() {
    append(0, 10);
    var broken =
        application
            .consumers()
            .create(draft("t", new ProcessorDraft("throwing", ProcessorConfig.empty()), 1))
            .consumer()
            .id()
            .toString();
    await().atMost(SOON).until(() -> failure(broken).isPresent());

    consumer(1);

    await().atMost(SOON).until(() -> taken() == 10);
  }

  @Test
  void serversShareTheMembersAndTakeOverFromOneThatGoes() {
    var other = server("b");
    await().atMost(SOON).until(() -> storage.fleet().live().size() == 2);
    append(0, 400);
    for (int i = 0; i < 3; i++) {
      consumer(2);
    }
    await().atMost(SOON).until(() -> taken() >= 400);

    other.close();
    running.remove(other);
    append(400, 800);

    await().atMost(SOON).until(() -> taken() >= 800);
    assertAllOnce(800);
  }

  @Test
  void anEmbedderNeedsNothingButItsOwnProcessors() {
    var mine = new RecordingSinks();
    var topics = new InMemoryBroker(clock);
    topics.createTopic("t", 1);
    topics.append("t", null, "hello".getBytes(UTF_8), List.of());
    try (var embedded =
        Application.over(DrivenPorts.inMemory().running(topics).processing(List.of(mine)))
            .start()) {
      embedded.consumers().create(draft("t", recording("sink"), 1));

      await().atMost(SOON).until(() -> mine.named("sink").values().equals(List.of("hello")));
      assertTrue(embedded.health().kafkaConnected());
      assertTrue(embedded.health().databaseConnected());
    }
    assertEquals(0, mine.named("sink").open());
  }
}
