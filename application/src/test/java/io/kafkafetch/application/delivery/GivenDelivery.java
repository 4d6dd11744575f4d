package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.kafkafetch.application.contract.Given;
import io.kafkafetch.application.contract.RecordingSinks;
import io.kafkafetch.application.contract.RecordingSinks.Recording;
import io.kafkafetch.application.contract.SettableClock;
import io.kafkafetch.application.contract.TestBatch;
import io.kafkafetch.application.driven.DeadLetter;
import io.kafkafetch.application.driven.MemberSpec;
import io.kafkafetch.application.driven.ServerId;
import io.kafkafetch.domain.consumer.ConsumerId;
import io.kafkafetch.domain.consumer.ConsumerSpec;
import io.kafkafetch.domain.consumer.DeadLetterPolicy;
import io.kafkafetch.domain.consumer.DeliveryPolicy;
import io.kafkafetch.domain.consumer.ProcessorSpec;
import io.kafkafetch.domain.consumer.RetryPolicy;
import io.kafkafetch.domain.lag.CommittedOffset;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.RecordBatch;
import io.kafkafetch.domain.processor.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** One partition of a member, its sinks recorded, its clock in the test's hand. */
final class GivenDelivery {
  static final SourcePartition SOURCE = new SourcePartition("orders", "era-1", 4);

  /** Waits double from a second to a minute, without chance. */
  static final DeliveryPolicy POLICY = policy(OptionalInt.empty(), DeadLetterPolicy.DEFAULT);

  private static final ConsumerId CONSUMER = Given.newId();

  final SettableClock clock = new SettableClock(Given.NOON);
  final RecordingSinks sinks = new RecordingSinks();
  final List<DeadLetter> letters = Collections.synchronizedList(new ArrayList<>());

  /** Why the dead-letter topic takes nothing; empty when it does. */
  volatile Supplier<Optional<Cause>> letterBox = Optional::empty;

  final MemberDelivery member;
  final PartitionDelivery partition;
  private DeliveryPolicy policy;

  GivenDelivery(ProcessorSpec... processors) {
    this(POLICY, processors);
  }

  GivenDelivery(DeliveryPolicy policy, ProcessorSpec... processors) {
    this.policy = policy;
    var engine =
        new DeliveryEngine(
            new ProcessorTypes(List.of(sinks)),
            SecretReferences.none(),
            this::append,
            new ProcessorEnvironment(Map.of(), clock),
            () -> 0.5);
    member = engine.open(spec(processors));
    partition = member.partition(SOURCE);
  }

  /** A delivery to one sink, begun at offset 0. */
  static GivenDelivery givenOne() {
    return new GivenDelivery(processor("sink")).begunAt(0);
  }

  /** A sink that refuses one value for that cause. */
  static Function<String, Optional<Cause>> refusing(long value, Cause cause) {
    return given -> given.equals(Long.toString(value)) ? Optional.of(cause) : Optional.empty();
  }

  /** The values of records from (inclusive) to (exclusive). */
  static List<String> numbers(long from, long to) {
    return LongStream.range(from, to).mapToObj(Long::toString).toList();
  }

  static DeliveryPolicy policy(OptionalInt attempts, DeadLetterPolicy deadLetters) {
    return new DeliveryPolicy(
        10_000,
        1 << 30,
        Duration.ZERO,
        Duration.ofSeconds(1),
        new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), 0, attempts),
        deadLetters);
  }

  private Optional<Cause> append(DeadLetter letter) {
    var refused = letterBox.get();
    if (refused.isEmpty()) {
      letters.add(letter);
    }
    return refused;
  }

  private MemberSpec spec(ProcessorSpec... processors) {
    var plain = Given.spec("orders", "billing");
    return new MemberSpec(
        CONSUMER,
        1,
        0,
        new ServerId("server"),
        new ConsumerSpec(
            plain.cluster(),
            plain.topic(),
            plain.group(),
            List.of(processors),
            1,
            plain.offsetReset(),
            policy));
  }

  Recording sink(String name) {
    return sinks.named(name);
  }

  /** Begins where the group has committed without a mark of ours. */
  GivenDelivery begunAt(long offset) {
    var begin = partition.begin(new CommittedOffset(offset, ""));
    assertEquals(offset, assertInstanceOf(Begin.At.class, begin).position());
    return this;
  }

  void swap(ProcessorSpec... processors) {
    member.apply(spec(processors));
  }

  void apply(DeliveryPolicy other, ProcessorSpec... processors) {
    policy = other;
    swap(processors);
  }

  static RecordBatch batch(long from, long to) {
    return TestBatch.numbers(SOURCE, from, to);
  }

  Step deliver(long from, long to) {
    return deliver(batch(from, to));
  }

  Step deliver(RecordBatch batch) {
    return result(delivering(batch));
  }

  /** Delivers as a partition's worker does, while the test goes on. */
  CompletableFuture<Step> delivering(RecordBatch batch) {
    return background(() -> partition.deliver(batch));
  }

  static <T> CompletableFuture<T> background(Supplier<T> what) {
    var future = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            future.complete(what.get());
          } catch (RuntimeException | Error fault) {
            future.completeExceptionally(fault);
          }
        });
    return future;
  }

  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("The delivery does not come back", e);
    }
  }

  /** Waits until a processor has failed so often in a row. */
  void awaitFailures(int failures) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> partition.trouble().filter(t -> t.attempts() == failures).isPresent());
  }

  /** Lets time pass, for those who wait too. */
  void pass(Duration duration) {
    clock.pass(duration);
    partition.control().wake();
  }
}
