package io.kafkafetch.application.driving;

import io.kafkafetch.domain.processor.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application understood what was asked and says no, with the reason. Not a fault: nothing is
 * broken, nothing was changed. The message is a sentence for the caller, free of secrets.
 */
public abstract sealed class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Refusal(String message) {
    // A refusal is an answer, not a crash: nobody reads its stack trace.
    super(message, null, false, false);
  }

  /** The sentence for the caller. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** There is no such thing. */
  public static final class NotFound extends Refusal {
    private static final long serialVersionUID = 1L;

    /** No such thing, said in a sentence. */
    public NotFound(String detail) {
      super(detail);
    }
  }

  /** Well-formed but wrong: each field with what is accepted. */
  public static final class Invalid extends Refusal {
    private static final long serialVersionUID = 1L;
    private final transient List<Violation> violations;

    /** Wrong in these ways, at least one. */
    public Invalid(List<Violation> violations) {
      super(sentence(violations));
      this.violations = List.copyOf(violations);
    }

    /** Wrong in this one field. */
    public Invalid(String field, String message) {
      this(List.of(new Violation(field, message)));
    }

    /** What is wrong, field by field. */
    public List<Violation> violations() {
      return violations;
    }

    private static String sentence(List<Violation> violations) {
      var first = violations.getFirst();
      var sentence = (first.field() + " " + first.message()).strip();
      return violations.size() == 1
          ? sentence
          : sentence + " (and " + (violations.size() - 1) + " more)";
    }
  }

  /** Not in the state that this needs. */
  public static final class Conflict extends Refusal {
    private static final long serialVersionUID = 1L;
    private final @Nullable Duration retryAfter;

    /** A conflict that does not pass by itself, said in a sentence. */
    public Conflict(String detail) {
      super(detail);
      this.retryAfter = null;
    }

    /** A conflict that passes, and when the very same may be asked again. */
    public Conflict(String detail, Duration retryAfter) {
      super(detail);
      this.retryAfter = retryAfter;
    }

    /** When it is worth asking the very same again; empty when it never is. */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** The revision that the caller saw is no longer the current one. */
  public static final class StaleRevision extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Stale, said in a sentence. */
    public StaleRevision(String detail) {
      super(detail);
    }
  }

  /** One item is larger than is accepted. */
  public static final class TooLarge extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Too large, said in a sentence. */
    public TooLarge(String detail) {
      super(detail);
    }
  }

  /** Not allowed by the cluster or by this server. */
  public static final class Forbidden extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Forbidden, said in a sentence. */
    public Forbidden(String detail) {
      super(detail);
    }
  }

  /** A limit is reached; later there may be room. */
  public static final class TooMany extends Refusal {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /** Too many, said in a sentence, and when to ask again. */
    public TooMany(String detail, Duration retryAfter) {
      super(detail);
      this.retryAfter = retryAfter;
    }

    /** When it is worth asking again. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Kafka or the database cannot be reached, or the server is still starting. */
  public static final class Unavailable extends Refusal {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /** Unavailable, said in a sentence, and when to ask again. */
    public Unavailable(String detail, Duration retryAfter) {
      super(detail);
      this.retryAfter = retryAfter;
    }

    /** When it is worth asking again. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /**
   * It took too long; where something was changed, the outcome is unknown, and the detail says so.
   */
  public static final class TimedOut extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Timed out, said in a sentence. */
    public TimedOut(String detail) {
      super(detail);
    }
  }
}
