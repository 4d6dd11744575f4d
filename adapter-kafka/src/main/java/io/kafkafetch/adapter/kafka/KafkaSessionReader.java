package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driven.SessionReader;
import io.kafkafetch.application.driven.SessionReaders;
import io.kafkafetch.application.driving.PartitionId;
import io.kafkafetch.application.driving.Refusal;
import io.kafkafetch.application.driving.SeekTarget;
import io.kafkafetch.application.driving.SessionPositions;
import io.kafkafetch.domain.consumer.TopicName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's Kafka client on a thread of its own, to which everything that is asked is posted, but
 * for records that are at hand.
 */
final class KafkaSessionReader implements SessionReader {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSessionReader.class);
  private static final Duration CLOSE = Duration.ofSeconds(3);

  private final SessionReaders.Spec spec;
  private final Map<String, Object> properties;
  private final SessionPlaces places;
  private final SessionMemory memory;

  /** Runs when everything is freed. */
  private final Runnable onEnd;

  private final Mailbox mailbox = new Mailbox();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** What is not answered yet; ends with the thread. */
  private final Map<Long, CompletableFuture<?>> unanswered = new ConcurrentHashMap<>();

  /** Numbers what is asked. */
  private final AtomicLong asked = new AtomicLong();

  /** Set by whoever closes it, and by the thread when it breaks. */
  private volatile boolean closing;

  /** Guarded by this object. */
  private boolean launched;

  /** Touched by the polling thread only; null until its client is there. */
  private @Nullable SessionCommands commands;

  private volatile @Nullable SessionLoop loop;

  KafkaSessionReader(
      SessionReaders.Spec spec,
      Map<String, Object> properties,
      SessionPlaces places,
      SessionMemory memory,
      Runnable onEnd) {
    this.onEnd = onEnd;
    this.spec = spec;
    this.properties = properties;
    this.places = places;
    this.memory = memory;
  }

  /** Starts its thread when there is something to poll; before that, nothing is held. */
  private synchronized void launch() {
    if (launched || closing) {
      return;
    }
    launched = true;
    Thread.ofPlatform()
        .name("session-" + spec.name())
        .start(() -> {
          try {
            run();
          } finally {
            freed();
          }
        });
  }

  private void freed() {
    onEnd.run();
    closed.complete(null);
  }

  private void run() {
    try (var consumer = new KafkaConsumer<byte[], byte[]>(properties)) {
      poll(consumer);
    } catch (KafkaException fault) {
      LOG.warn("Session {} ends: {}", spec.name(), Faults.sentence(fault));
      end(SessionFaults.of(fault));
    } catch (RuntimeException | Error defect) {
      LOG.error("Session {} broke", spec.name(), defect);
      end(broken());
      if (defect instanceof Error error) {
        throw error;
      }
    } finally {
      end(ended());
    }
  }

  private void poll(KafkaConsumer<byte[], byte[]> consumer) {
    var running = new SessionLoop(spec.name(), consumer, places, memory, mailbox);
    loop = running;
    commands = new SessionCommands(consumer, running);
    try {
      while (!closing) {
        running.turn();
      }
    } finally {
      closing = true;
      running.endWaiting(ended());
      running.close(CLOSE);
    }
  }

  /** Nothing is taken any more, and what was taken is answered. */
  private void end(Refusal reason) {
    closing = true;
    unanswered.forEach((_, reply) -> reply.completeExceptionally(reason));
  }

  private static Refusal ended() {
    return new Refusal.NotFound("The session has ended.");
  }

  private static Refusal broken() {
    return new Refusal.Unavailable(
        "The session has failed; subscribe again.", Duration.ofSeconds(1));
  }

  private <T> CompletableFuture<T> post(BiConsumer<SessionCommands, CompletableFuture<T>> command) {
    var reply = new CompletableFuture<T>();
    long number = asked.incrementAndGet();
    unanswered.put(number, reply);
    var _ = reply.whenComplete((_, _) -> unanswered.remove(number));
    mailbox.post(() -> SessionReplies.answer(reply, () -> run(command, reply)));
    if (closed.isDone() || closing) {
      reply.completeExceptionally(ended());
    }
    return reply;
  }

  private <T> void run(
      BiConsumer<SessionCommands, CompletableFuture<T>> command, CompletableFuture<T> reply) {
    var ready = commands;
    if (ready != null && !reply.isDone()) {
      command.accept(ready, reply);
    }
  }

  @Override
  public CompletableFuture<Assigned> subscribe(List<TopicName> topics) {
    // Asked first, so that what does not exist is said at once and not after a long wait.
    return places
        .topics(topics.stream().map(TopicName::value).toList())
        .thenCompose(_ -> join(topics))
        .exceptionallyCompose(fault -> CompletableFuture.failedFuture(SessionFaults.of(fault)));
  }

  private CompletableFuture<Assigned> join(List<TopicName> topics) {
    CompletableFuture<Assigned> joined = post((to, reply) -> to.subscribe(topics, reply));
    launch();
    return joined;
  }

  @Override
  public CompletableFuture<Assigned> assign(Collection<PartitionId> partitions) {
    return places
        .require(partitions)
        .thenCompose(_ -> this.<Assigned>post((to, reply) -> to.assign(partitions, reply)))
        .exceptionallyCompose(fault -> CompletableFuture.failedFuture(SessionFaults.of(fault)));
  }

  @Override
  public CompletableFuture<Fetched> fetch(Order order) {
    var running = loop;
    if (running != null && !closing) {
      var fetched = running.fetches().atHand(order);
      if (fetched.isPresent()) {
        return CompletableFuture.completedFuture(fetched.get());
      }
    }
    return post((to, reply) -> to.fetch(order, reply));
  }

  @Override
  public CompletableFuture<Fetched> repeat(long era, List<Span> spans, boolean atHand) {
    return post((to, reply) -> to.repeat(era, spans, atHand, reply));
  }

  @Override
  public CompletableFuture<Map<PartitionId, Long>> commit(
      Optional<Map<PartitionId, Long>> offsets) {
    return post((to, reply) -> to.commit(offsets, reply));
  }

  @Override
  public CompletableFuture<Long> seek(PartitionId partition, SeekTarget target) {
    return post((to, reply) -> to.seek(partition, target, reply));
  }

  @Override
  public CompletableFuture<Long> resumeAt(Map<PartitionId, Long> offsets) {
    return post((to, reply) -> to.resumeAt(offsets, reply));
  }

  @Override
  public CompletableFuture<SessionPositions> positions() {
    return post((to, reply) -> to.positions(reply));
  }

  @Override
  public void cancelFetch(Refusal reason) {
    tell(running -> running.fetches().fail(reason));
  }

  @Override
  public void endWaiting(Refusal reason) {
    tell(running -> running.endWaiting(reason));
  }

  private void tell(Consumer<SessionLoop> what) {
    mailbox.post(() -> {
      var running = loop;
      if (running != null) {
        what.accept(running);
      }
    });
  }

  @Override
  public synchronized void close() {
    boolean first = !closing;
    closing = true;
    if (launched) {
      mailbox.wake();
    } else if (first) {
      freed();
    }
  }

  @Override
  public CompletableFuture<Void> closed() {
    return closed;
  }
}
