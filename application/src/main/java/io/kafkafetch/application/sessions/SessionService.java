package io.kafkafetch.application.sessions;

import io.kafkafetch.application.driven.SessionReader.Assigned;
import io.kafkafetch.application.driven.SessionReaders;
import io.kafkafetch.application.driving.ConsumeDraft;
import io.kafkafetch.application.driving.ConsumerSessions;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.RecordFormat;
import io.kafkafetch.application.driving.SeekTarget;
import io.kafkafetch.application.driving.SessionAnswer;
import io.kafkafetch.application.driving.SessionCounts;
import io.kafkafetch.application.driving.SessionLimits;
import io.kafkafetch.application.driving.SessionPositions;
import io.kafkafetch.application.driving.SessionTail;
import io.kafkafetch.application.driving.SessionView;
import io.kafkafetch.application.driving.SubscribeDraft;
import io.kafkafetch.domain.consumer.TopicName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The conversation with sessions, over their readers. */
public final class SessionService implements ConsumerSessions, AutoCloseable {
  private final OpenSessions sessions;
  private final HeldAnswers heldAnswers = HeldAnswers.ofHeap();
  private final String idPrefix;
  private final InstantSource clock;

  /**
   * Nothing is opened before the first session is.
   *
   * @param idPrefix begins the id of every session, so that other servers know whose it is
   */
  public SessionService(
      SessionReaders readers, SessionLimits limits, String idPrefix, InstantSource clock) {
    this.idPrefix = idPrefix;
    this.sessions = new OpenSessions(readers, new Admission(limits), clock);
    this.clock = clock;
  }

  /** Ends sessions in time from now on. */
  public void start() {
    sessions.start();
  }

  @Override
  public SessionView subscribe(SubscribeDraft draft) {
    var subscription = SessionRules.subscription(draft);
    // From a secure source: who does not know an id cannot guess it.
    var mark = UUID.randomUUID().toString();
    var id = idPrefix + mark;
    var reader = sessions.open(id, subscription);
    boolean joined = false;
    try {
      var assigned = Waiting.get(reader.subscribe(subscription.topics()));
      var session =
          new Session(id, mark.substring(0, 8), subscription, reader, heldAnswers, clock.instant());
      sessions.add(session);
      joined = true;
      return view(session, names(subscription.topics()), assigned);
    } finally {
      if (!joined) {
        reader.close();
      }
    }
  }

  @Override
  public SessionView assign(String id, Map<String, List<Long>> topics) {
    return call(
        id,
        session -> {
          var partitions = SessionRules.partitions(topics);
          var assigned = Waiting.get(session.reader().assign(partitions));
          return view(session, List.copyOf(assigned.partitions().keySet()), assigned);
        });
  }

  @Override
  public RecordFormat format(String id) {
    return call(id, session -> session.subscription().format());
  }

  @Override
  public SessionAnswer consume(String id, ConsumeDraft draft) {
    return call(
        id,
        session -> {
          var poll = SessionRules.poll(draft);
          session.beginPolling(poll);
          try {
            return session.poll(poll);
          } finally {
            session.endPolling(poll);
          }
        });
  }

  @Override
  public SessionTail tail(String id, ConsumeDraft limits, Map<PartitionId, Long> resumeAt) {
    var poll = SessionRules.poll(limits);
    var session = enter(id);
    var tail = new Tail(session, poll, clock);
    try {
      session.beginStreaming(tail);
      if (!resumeAt.isEmpty()) {
        Waiting.get(session.reader().resumeAt(resumeAt));
      }
      return tail;
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  @Override
  public Map<PartitionId, Long> commit(String id, Optional<Map<PartitionId, Long>> offsets) {
    return call(
        id,
        session -> {
          offsets.ifPresent(SessionRules::offsets);
          return Waiting.get(session.reader().commit(offsets));
        });
  }

  @Override
  public String seek(String id, PartitionId partition, SeekTarget target) {
    return call(
        id, session -> session.begin(Waiting.get(session.reader().seek(partition, target))));
  }

  @Override
  public SessionPositions position(String id) {
    return call(id, session -> Waiting.get(session.reader().positions()));
  }

  @Override
  public void close(String id) {
    sessions.close(id);
  }

  @Override
  public SessionCounts counts() {
    return sessions.counts();
  }

  @Override
  public void endWaiting() {
    sessions.endWaiting();
  }

  /** Begins to close every session, and comes back at once. */
  public void beginClose() {
    sessions.beginClose();
  }

  /** Closes every session, all at once. Takes at most some 5 s. */
  @Override
  public void close() {
    sessions.closeAll();
  }

  private <T> T call(String id, Function<Session, T> call) {
    var session = enter(id);
    try {
      return call.apply(session);
    } finally {
      session.leave(clock.instant());
    }
  }

  private Session enter(String id) {
    return sessions.find(id).filter(Session::enter).orElseThrow(() -> OpenSessions.unknown(id));
  }

  private static SessionView view(Session session, List<String> topics, Assigned assigned) {
    return new SessionView(
        session.id(),
        session.subscription().group().value(),
        topics,
        assigned.partitions(),
        session.begin(assigned.era()));
  }

  private static List<String> names(List<TopicName> topics) {
    return topics.stream().map(TopicName::value).toList();
  }
}
