package io.kafkafetch.application.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the code of one type of processor, which may be anybody's: whatever it throws is its own
 * fault, is logged, and goes no further. Safe for any thread.
 *
 * <p>During a call the thread's context class loader is that of the type, since that is where the
 * libraries that it brings look for their parts.
 */
final class Containment {
  private static final Logger LOG = LoggerFactory.getLogger(Containment.class);

  private final String type;
  private final Optional<ClassLoader> loader;
  private final AtomicLong faults = new AtomicLong();

  Containment(String type, Class<?> code) {
    this.type = type;
    loader = Optional.ofNullable(code.getClassLoader());
  }

  /** What came of a call. */
  sealed interface Called<T> {
    /** It came back. */
    record Back<T>(T answer) implements Called<T> {}

    /**
     * It did not.
     *
     * @param mayPass whether another try can be worth it; a class that is missing stays missing
     */
    record Failed<T>(String reason, boolean mayPass) implements Called<T> {}
  }

  String type() {
    return type;
  }

  /** Calls, and takes whatever comes of it. */
  <T> Called<T> call(String what, Supplier<T> code) {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    loader.ifPresent(thread::setContextClassLoader);
    try {
      return new Called.Back<>(code.get());
    } catch (Throwable fault) {
      tell(what, fault);
      return new Called.Failed<>(
          "The processor type " + type + " fails in an unforeseen way; the log says more",
          fault instanceof Exception);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** With its stack at the 1st, 2nd, 4th, 8th… fault: what is tried for ever fails for ever. */
  private void tell(String what, Throwable fault) {
    if (Long.bitCount(faults.incrementAndGet()) == 1) {
      LOG.error("The processor type {} fails in {}", type, what, fault);
    } else {
      LOG.error("The processor type {} fails in {}: {}", type, what, fault.toString());
    }
  }

  /** Calls, and answers with {@code otherwise} when it fails. */
  <T> T call(String what, Supplier<T> code, T otherwise) {
    return switch (call(what, code)) {
      case Called.Back<T>(var answer) -> answer;
      case Called.Failed<T> _ -> otherwise;
    };
  }

  /** Calls on another thread, and waits no longer than that for it. */
  <T> Called<T> callWithin(Duration limit, String what, Supplier<T> code) {
    var answer = new CompletableFuture<Called<T>>();
    Thread.ofVirtual().name("processor-" + type).start(() -> answer.complete(call(what, code)));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.error("The processor type {} has not come back from {} within {}", type, what, limit);
      return new Called.Failed<>(
          "The processor type "
              + type
              + " has not come back from "
              + what
              + " within "
              + limit.toSeconds()
              + " s",
          true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Called.Failed<>("Interrupted while the processor type " + type + " worked", true);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
