package io.kafkafetch.application.delivery;

import static io.kafkafetch.application.contract.RecordingSinks.processor;
import static io.kafkafetch.application.delivery.GivenDelivery.batch;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kafkafetch.application.contract.RecordingSinks.Taken;
import io.kafkafetch.domain.consumer.Trouble;
import io.kafkafetch.domain.processor.Cause;
import io.kafkafetch.domain.processor.ConfigSchema;
import io.kafkafetch.domain.processor.Processor;
import io.kafkafetch.domain.processor.ProcessorConfig;
import io.kafkafetch.domain.processor.ProcessorContext;
import io.kafkafetch.domain.processor.ProcessorEnvironment;
import io.kafkafetch.domain.processor.ProcessorFactory;
import io.kafkafetch.domain.processor.ProcessorPlan;
import io.kafkafetch.domain.processor.Violation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ContainmentTest {
  /** Throws at that value, so many times. */
  private static Function<String, Optional<Cause>> throwing(
      String value, int times, Throwable what) {
    var left = new AtomicInteger(times);
    return given -> {
      if (given.equals(value) && left.getAndDecrement() > 0) {
        throw ContainmentTest.<RuntimeException>unchecked(what);
      }
      return Optional.empty();
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> RuntimeException unchecked(Throwable what) throws T {
    throw (T) what;
  }

  private static Set<Long> offsets(List<Taken> taken) {
    return taken.stream().map(Taken::offset).collect(toSet());
  }

  @Test
  void aSinkThatThrowsIsOpenedAnewAndLosesNothing() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    given.deliver(0, 10);
    given.partition.flush();
    given.sink("sink").refusal = throwing("15", 1, new IllegalStateException("oops"));

    var step = given.delivering(batch(10, 20));
    given.awaitFailures(1);
    given.pass(Duration.ofSeconds(1));

    assertInstanceOf(Step.Done.class, GivenDelivery.result(step));
    assertInstanceOf(Step.Done.class, given.partition.flush());
    assertEquals(20, given.partition.durablePosition());
    assertEquals(
        LongStream.range(0, 20).boxed().collect(toSet()), offsets(given.sink("sink").durable()));
    assertEquals(10, given.sink("sink").begun().getLast().nextOffset());
  }

  @Test
  void whatWentDownWithItComesAgain() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    given.deliver(0, 10);
    given.sink("sink").refusal = throwing("15", 1, new IllegalStateException("oops"));

    var step = assertInstanceOf(Step.Rewind.class, given.deliver(10, 20));

    assertEquals(0, step.position());
    given.pass(Duration.ofMinutes(1));
    assertInstanceOf(Step.Done.class, given.deliver(0, 20));
    assertInstanceOf(Step.Done.class, given.partition.flush());
    assertEquals(
        LongStream.range(0, 20).boxed().collect(toSet()), offsets(given.sink("sink").durable()));
  }

  @Test
  void whatItThrowsIsSaidWithoutItsWordsSinceTheyMayHoldSecrets() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    given.sink("sink").refusal = throwing("0", 1, new IllegalStateException("password=hunter2"));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);

    var reason = given.partition.trouble().map(Trouble::reason).orElseThrow();
    assertTrue(reason.contains("recording") && reason.contains("log"), reason);
    assertFalse(reason.contains("hunter2") || reason.contains("IllegalState"), reason);
    given.pass(Duration.ofSeconds(1));
    GivenDelivery.result(step);
  }

  @Test
  void aClassThatIsMissingHaltsTheConsumer() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    given.sink("sink").refusal = throwing("3", 99, new NoClassDefFoundError("org/example/Lib"));

    var step = given.deliver(0, 10);

    assertInstanceOf(Cause.Fatal.class, assertInstanceOf(Step.Halted.class, step).cause());
    assertEquals(0, given.partition.durablePosition());
  }

  @Test
  void aCheckedExceptionThatItSneaksOutIsAFaultLikeAnyOther() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    given.sink("sink").refusal = throwing("3", 1, new java.io.IOException("sneaked"));

    var step = given.delivering(batch(0, 10));
    given.awaitFailures(1);
    given.pass(Duration.ofSeconds(1));

    assertInstanceOf(Step.Done.class, GivenDelivery.result(step));
  }

  @Test
  void aFlushThatThrowsLosesWhatWasNotFlushed() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    var failures = new AtomicInteger(1);
    given.sink("sink").flushing =
        () -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("oops");
          }
          return Optional.empty();
        };
    given.deliver(0, 10);

    assertEquals(0, assertInstanceOf(Step.Rewind.class, given.partition.flush()).position());

    given.pass(Duration.ofMinutes(1));
    given.deliver(0, 10);
    assertInstanceOf(Step.Done.class, given.partition.flush());
    assertEquals(10, given.partition.durablePosition());
  }

  @Test
  void oneThatDoesNotComeBackIsTold() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    var hanging = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    given.sink("sink").refusal =
        _ -> {
          entered.countDown();
          awaitQuietly(hanging);
          return Optional.empty();
        };

    var step = given.delivering(batch(0, 10));
    awaitQuietly(entered);
    given.clock.pass(Duration.ofSeconds(29));
    assertEquals(Optional.empty(), given.partition.trouble());
    given.clock.pass(Duration.ofSeconds(1));

    assertEquals(
        Optional.of("recording has not come back from deliver for 30 s"),
        given.partition.trouble().map(Trouble::reason));
    hanging.countDown();
    assertInstanceOf(Step.Done.class, GivenDelivery.result(step));
    assertEquals(Optional.empty(), given.partition.trouble());
  }

  @Test
  void oneThatHangsWhenItIsMadeKeepsNobodyWaitingButItsOwnPartitions() {
    var hanging = new CountDownLatch(1);
    var types =
        new ProcessorTypes(
            List.of(
                new BrokenSinks() {
                  @Override
                  public Processor open(ProcessorContext context) {
                    awaitQuietly(hanging);
                    return super.open(context);
                  }
                }));

    var opened = types.find("broken").orElseThrow().open(context());

    var partition = GivenDelivery.background(() -> opened.open(GivenDelivery.SOURCE));
    assertFalse(partition.isDone());
    hanging.countDown();
    GivenDelivery.result(partition);
    opened.close();
  }

  private static ProcessorContext context() {
    return new ProcessorContext("c", "p", "g", ProcessorConfig.empty(), environment());
  }

  private static ProcessorEnvironment environment() {
    return new ProcessorEnvironment(Map.of(), InstantSource.system());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Fails at whatever management asks. */
  private static ProcessorFactory failing() {
    return new BrokenSinks() {
      @Override
      public List<Violation> validate(ProcessorPlan plan) {
        throw new IllegalStateException("oops");
      }

      @Override
      public String destination(ProcessorConfig config) {
        throw new IllegalStateException("oops");
      }

      @Override
      public List<io.kafkafetch.domain.processor.ResourceClaim> claims(ProcessorPlan plan) {
        throw new NoClassDefFoundError("org/example/Lib");
      }

      @Override
      public List<io.kafkafetch.domain.processor.SinkCheck> check(ProcessorPlan plan) {
        throw new StackOverflowError();
      }
    };
  }

  @Test
  void oneThatCannotBeAskedIsRefusedAndSpoilsNothingElse() {
    var type = new ProcessorTypes(List.of(failing())).find("broken").orElseThrow();
    var plan = new ProcessorPlan(ProcessorConfig.empty(), "orders", 1, environment());

    assertTrue(type.validate(plan).getFirst().message().contains("cannot be validated"));
    assertFalse(type.check(plan).getFirst().ok());
    assertEquals(List.of(), type.claims(plan));
    // Two places that nobody knows are not the same place.
    assertFalse(type.destination(plan.config()).equals(type.destination(plan.config())));
    assertEquals(ConfigSchema.of(), type.schema());
  }

  @Test
  void itsOwnClassLoaderIsTheContextOfItsThread() {
    var given = new GivenDelivery(processor("sink")).begunAt(0);
    var seen =
        new java.util.concurrent.atomic.AtomicReference<
            @org.jspecify.annotations.Nullable ClassLoader>();
    given.sink("sink").refusal =
        _ -> {
          seen.set(Thread.currentThread().getContextClassLoader());
          return Optional.empty();
        };
    var before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      given.partition.deliver(batch(0, 1));

      assertEquals(given.sinks.getClass().getClassLoader(), seen.get());
      assertEquals(
          ClassLoader.getPlatformClassLoader(), Thread.currentThread().getContextClassLoader());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
