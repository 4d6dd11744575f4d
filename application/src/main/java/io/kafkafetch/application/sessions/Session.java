package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driven.SessionReader;
import io.kafkafetch.application.driven.SessionReader.Fetched;
import io.kafkafetch.application.driven.SessionReader.Order;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SessionAnswer;
import io.kafkafetch.application.sessions.AnswerLedger.Given;
import io.kafkafetch.application.sessions.AnswerLedger.Wish;
import io.kafkafetch.application.sessions.SessionRules.Poll;
import io.kafkafetch.application.sessions.SessionRules.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One session: its reader, what it answered last, and when somebody last called. */
final class Session {
  /** How long a reader may take to fetch an answer once more. */
  private static final Duration REPEAT = Duration.ofSeconds(10);

  private final String id;
  private final Subscription subscription;
  private final SessionReader reader;
  private final HeldAnswers heldAnswers;
  private final AnswerLedger ledger;

  /** Who may poll; null while nobody does. */
  private final AtomicReference<@Nullable Object> poller = new AtomicReference<>();

  /** Held during a poll: a stream that was taken over may still be in one. */
  private final ReentrantLock polling = new ReentrantLock();

  /** What the ledger keeps at hand; touched by whoever polls, and at last when the session ends. */
  private long heldBytes;

  /** Calls in progress; guarded by this object, as are the next two. */
  private int calls;

  private Instant lastCall;
  private boolean ended;

  /**
   * A session that has joined its group.
   *
   * @param mark tells its tokens from those of others
   */
  Session(
      String id,
      String mark,
      Subscription subscription,
      SessionReader reader,
      HeldAnswers heldAnswers,
      Instant now) {
    this.id = id;
    this.subscription = subscription;
    this.reader = reader;
    this.heldAnswers = heldAnswers;
    this.ledger = new AnswerLedger(mark);
    this.lastCall = now;
  }

  String id() {
    return id;
  }

  Subscription subscription() {
    return subscription;
  }

  SessionReader reader() {
    return reader;
  }

  /** The token for the first poll of an era. */
  String begin(long era) {
    return ledger.begin(era);
  }

  /** A call begins; false when the session has ended. */
  synchronized boolean enter() {
    if (ended) {
      return false;
    }
    calls++;
    return true;
  }

  /** A call has ended. */
  synchronized void leave(Instant now) {
    calls--;
    lastCall = now;
  }

  /** When it ends unless somebody calls. */
  synchronized Instant expiresAt(Instant now) {
    return (calls > 0 ? now : lastCall).plus(subscription.timeout());
  }

  /** Takes no more calls; false when it does not already. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** Ends it if nobody has called for too long. */
  synchronized boolean endWhenExpired(Instant now) {
    return !expiresAt(now).isAfter(now) && end();
  }

  /** Takes the right to poll, which one has at a time. */
  void beginPolling(Object who) {
    if (!poller.compareAndSet(null, who)) {
      throw busy();
    }
  }

  /**
   * Takes the right to poll, from another stream if need be: a client that has lost its stream
   * comes back before the server knows.
   */
  void beginStreaming(Tail stream) {
    var other = poller.compareAndExchange(null, stream);
    if (other == null) {
      return;
    }
    if (!(other instanceof Tail) || !poller.compareAndSet(other, stream)) {
      throw busy();
    }
    reader.cancelFetch(busy());
  }

  boolean isPolledBy(Object who) {
    return who.equals(poller.get());
  }

  private static Refusal busy() {
    return new Refusal.Conflict(
        "Another poll or stream of this session is in progress; a session answers one at a"
            + " time.",
        Duration.ofSeconds(1));
  }

  void endPolling(Object who) {
    if (poller.compareAndSet(who, null) && isEnded()) {
      free();
    }
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  /** Gives back what is kept at hand, when nobody polls any more. */
  void free() {
    if (poller.compareAndSet(null, this)) {
      dropHeld();
    }
  }

  /** Answers a poll; the caller has the right to. */
  SessionAnswer poll(Poll poll) {
    polling.lock();
    try {
      return answer(poll);
    } finally {
      polling.unlock();
    }
  }

  private SessionAnswer answer(Poll poll) {
    return switch (ledger.read(poll.token())) {
      case Wish.Stale _ -> throw stale();
      case Wish.Anything _ -> fetch(poll, OptionalLong.empty(), false);
      case Wish.Next next -> {
        if (next.acknowledges()) {
          ledger.acknowledge();
          dropHeld();
        }
        yield fetch(
            poll, OptionalLong.of(next.era()), next.acknowledges() && subscription.autoCommit());
      }
      case Wish.Again again -> again(again.answer());
    };
  }

  private SessionAnswer fetch(Poll poll, OptionalLong era, boolean commit) {
    var order = new Order(era, commit, poll.maxRecords(), poll.maxBytes(), poll.timeout());
    var fetched = Waiting.get(reader.fetch(order), poll.timeout());
    boolean brings = !fetched.batches().isEmpty();
    if (brings) {
      dropHeld();
    }
    // Only a poll with a token can be repeated, so only its answer is worth keeping.
    boolean hold = brings && poll.token().isPresent() && heldAnswers.take(fetched.bytes());
    heldBytes = hold ? fetched.bytes() : heldBytes;
    return answer(fetched, ledger.answered(poll.token(), fetched, hold));
  }

  private SessionAnswer again(Given given) {
    var repeated =
        Waiting.get(reader.repeat(given.era(), given.spans(), given.held().isPresent()), REPEAT);
    return new SessionAnswer(
        given.held().orElse(repeated.batches()),
        given.bytes(),
        given.positions(),
        given.assignment(),
        given.gaps(),
        given.token(),
        repeated.release());
  }

  private static SessionAnswer answer(Fetched fetched, String token) {
    return new SessionAnswer(
        fetched.batches(),
        fetched.bytes(),
        fetched.positions(),
        fetched.assignment(),
        fetched.gaps(),
        token,
        fetched.release());
  }

  private void dropHeld() {
    heldAnswers.giveBack(heldBytes);
    heldBytes = 0;
  }

  static Refusal stale() {
    return new Refusal.Conflict(
        "The token is not that of the last answer: it is older, from before a seek or a lost"
            + " partition, or of another session. Nothing was committed; poll without a token to"
            + " go on.");
  }
}
