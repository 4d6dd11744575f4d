package io.kafkafetch.domain.consumer;

import io.kafkafetch.domain.consumer.ConsumerState.Active;
import io.kafkafetch.domain.consumer.ConsumerState.InError;
import io.kafkafetch.domain.consumer.ConsumerState.Inactive;
import java.time.Instant;

/**
 * A managed consumer: what people want of it. What the servers see of it is kept elsewhere.
 *
 * <p>Every transition is a method that answers the consumer as it is afterwards. One that changes
 * nothing answers the same object. Only what a person does raises the revision.
 *
 * @param revision 1 for a new consumer, raised by each change that a person makes
 */
public record Consumer(
    ConsumerId id,
    ConsumerSpec spec,
    ConsumerState state,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  /** A new consumer, running or not. */
  public static Consumer create(ConsumerId id, ConsumerSpec spec, boolean started, Instant now) {
    return new Consumer(id, spec, started ? new Active() : new Inactive(), 1, now, now);
  }

  /** A person wants it to run; one in ERROR is started afresh. */
  public Consumer start(Instant now) {
    return switch (state) {
      case Active _ -> this;
      case Inactive _, InError _ -> changed(spec, new Active(), now);
    };
  }

  /** A person wants it to rest. */
  public Consumer stop(Instant now) {
    return switch (state) {
      case Inactive _ -> this;
      case Active _, InError _ -> changed(spec, new Inactive(), now);
    };
  }

  /**
   * A person wants it otherwise. Another source rests until somebody starts it; new processors of a
   * running consumer are swapped while it runs; how records are delivered never changes the state.
   */
  public Consumer update(ConsumerSpec wanted, Instant now) {
    if (wanted.equals(spec)) {
      return this;
    }
    if (!wanted.sameSourceAs(spec)) {
      return changed(wanted, new Inactive(), now);
    }
    boolean swapped = !wanted.processors().equals(spec.processors());
    return switch (state) {
      case Active _, Inactive _ -> changed(wanted, state, now);
      case InError _ -> changed(wanted, swapped ? new Inactive() : state, now);
    };
  }

  /**
   * A run of {@code runRevision} could not go on. A run of an older revision says nothing about
   * what is wanted now, and a consumer that is not ACTIVE has nothing to halt.
   */
  public Consumer halt(long runRevision, Failure failure) {
    return switch (state) {
      case Active _ when runRevision == revision -> in(new InError(failure));
      case Active _, Inactive _, InError _ -> this;
    };
  }

  /** A probe failed, or turned out to need a person; the first {@code since} is kept. */
  public Consumer probeFailed(long runRevision, Failure failure) {
    return switch (state) {
      case InError error when runRevision == revision && !error.failure().isFatal() ->
          in(
              new InError(
                  new Failure(
                      failure.reason(),
                      error.failure().since(),
                      failure.attempts(),
                      failure.nextRetryAt())));
      case Active _, Inactive _, InError _ -> this;
    };
  }

  /** A probe of {@code runRevision} has really polled or delivered. */
  public Consumer retryHeld(long runRevision) {
    return switch (state) {
      case InError error when runRevision == revision && !error.failure().isFatal() ->
          in(new Active());
      case Active _, Inactive _, InError _ -> this;
    };
  }

  /** How often it was tried in vain; zero when it is not in ERROR. Part of compare-and-set. */
  public int attempts() {
    return state instanceof InError error ? error.failure().attempts() : 0;
  }

  /** Whether servers should run it, or at least probe it. */
  public boolean isWanted() {
    return switch (state) {
      case Active _ -> true;
      case Inactive _ -> false;
      case InError error -> !error.failure().isFatal();
    };
  }

  private Consumer changed(ConsumerSpec newSpec, ConsumerState newState, Instant now) {
    return new Consumer(id, newSpec, newState, revision + 1, createdAt, now);
  }

  private Consumer in(ConsumerState newState) {
    return new Consumer(id, spec, newState, revision, createdAt, updatedAt);
  }
}
