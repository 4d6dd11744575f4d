package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driven.SessionReader;
import io.kafkafetch.application.driven.SessionReaders;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SessionCounts;
import io.kafkafetch.application.sessions.SessionRules.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of this server, from opening to closing. A session ends once: when its client closes
 * it, when nobody called in time, or when its reader broke.
 */
final class OpenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final SessionReaders readers;
  private final Admission admission;
  private final InstantSource clock;
  private final Expiry expiry = new Expiry();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /** Every reader that is not closed yet, those of sessions that are just opening included. */
  private final Map<String, SessionReader> open = new ConcurrentHashMap<>();

  private final LongAdder opened = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("session-expiry").factory());

  /** Set once, when the server stops. */
  private volatile boolean stopping;

  OpenSessions(SessionReaders readers, Admission admission, InstantSource clock) {
    this.readers = readers;
    this.admission = admission;
    this.clock = clock;
  }

  void start() {
    var _ =
        sweeper.scheduleWithFixedDelay(
            this::sweepSafely, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Opens a reader in a place that is given back when the reader has freed everything. */
  SessionReader open(String id, Subscription subscription) {
    refuseWhenStopping();
    admission.take(subscription.group());
    SessionReader reader;
    try {
      reader =
          readers.open(
              new SessionReaders.Spec(id, subscription.group(), subscription.offsetReset()));
    } catch (RuntimeException | Error e) {
      admission.giveBack(subscription.group());
      throw e;
    }
    open.put(id, reader);
    var _ =
        reader
            .closed()
            .whenComplete((_, _) -> {
              open.remove(id);
              admission.giveBack(subscription.group());
              ended(id, failed);
            });
    return reader;
  }

  /** The reader has joined: the session is there for callers. */
  void add(Session session) {
    opened.increment();
    sessions.put(session.id(), session);
    expiry.lookAt(session.id(), session.expiresAt(clock.instant()));
    if (stopping) {
      session.reader().close();
    }
    if (session.reader().closed().isDone()) {
      ended(session.id(), failed);
    }
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /** Ends a session at its client's wish, and waits until its member has left the group. */
  void close(String id) {
    var session = find(id).filter(Session::end).orElseThrow(() -> unknown(id));
    closed.increment();
    remove(session);
    session.reader().close();
    try {
      session.reader().closed().get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Session {} takes longer than {} s to leave its group", id, CLOSE.toSeconds());
    } catch (ExecutionException e) {
      throw new IllegalStateException("A reader always closes normally", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what nobody called in time. */
  void sweep() {
    var now = clock.instant();
    for (var id : expiry.due(now)) {
      var session = sessions.get(id);
      if (session == null) {
        continue;
      }
      if (session.endWhenExpired(now)) {
        expired.increment();
        remove(session);
        session.reader().close();
        LOG.info(
            "Session {} of group {} ends: no call for {} ms",
            id,
            session.subscription().group(),
            session.subscription().timeout().toMillis());
      } else {
        expiry.lookAt(id, session.expiresAt(now));
        forgetWhenEnded(id);
      }
    }
  }

  /** A session that was closed while it was looked at must not stay in the queue. */
  private void forgetWhenEnded(String id) {
    if (!sessions.containsKey(id)) {
      expiry.forget(id);
    }
  }

  private void sweepSafely() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.error("Looking for expired sessions failed; it is done again", e);
    }
  }

  /** The reader has closed; where nobody asked it to, the session has failed. */
  private void ended(String id, LongAdder reason) {
    var session = sessions.get(id);
    if (session != null && session.end()) {
      if (!stopping) {
        reason.increment();
        LOG.warn("Session {} ends: its reader has failed", id);
      }
      remove(session);
    }
  }

  private void remove(Session session) {
    sessions.remove(session.id());
    expiry.forget(session.id());
    session.free();
  }

  void endWaiting() {
    stopping = true;
    open.values().forEach(reader -> reader.endWaiting(stopped()));
  }

  /** Begins to close every session. */
  void beginClose() {
    stopping = true;
    sweeper.shutdownNow();
    open.values().forEach(SessionReader::close);
  }

  /** Closes every session, all at once. */
  void closeAll() {
    beginClose();
    var closing = open.values().stream().toList();
    var all =
        CompletableFuture.allOf(
            closing.stream().map(SessionReader::closed).toArray(CompletableFuture[]::new));
    try {
      all.get(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("{} sessions did not leave their groups in time", open.size());
    } catch (ExecutionException e) {
      throw new IllegalStateException("A reader always closes normally", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  SessionCounts counts() {
    return new SessionCounts(
        admission.open(),
        opened.sum(),
        closed.sum(),
        expired.sum(),
        failed.sum(),
        admission.refused());
  }

  private void refuseWhenStopping() {
    if (stopping) {
      throw stopped();
    }
  }

  private static Refusal stopped() {
    return new Refusal.Unavailable("The server is about to stop.", Duration.ofSeconds(1));
  }

  static Refusal unknown(String id) {
    return new Refusal.NotFound(
        "There is no session " + shortened(id) + ": it was closed, has expired, or never was.");
  }

  private static String shortened(String id) {
    return id.length() <= 80 ? id : id.substring(0, 80) + "…";
  }
}
