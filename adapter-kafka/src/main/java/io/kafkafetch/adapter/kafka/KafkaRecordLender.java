package io.kafkafetch.adapter.kafka;

import io.kafkafetch.adapter.kafka.Conversation.Token;
import io.kafkafetch.application.driven.RecordLender;
import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Loan;
import io.kafkafetch.application.driving.ReadRecord;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lends records of groups, each read by one warm member, with or without tokens. */
final class KafkaRecordLender implements RecordLender, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final WarmMembers members;
  private final Conversations conversations;
  private final ReadableTopics topics;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("consume-sweeper").factory());

  KafkaRecordLender(Function<String, LendingMember> open, ReadableTopics topics) {
    this.members = new WarmMembers(open);
    this.conversations = new Conversations(members);
    this.topics = topics;
    var _ = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  private void sweep() {
    conversations.sweep();
    members.sweep();
  }

  @Override
  public Loan lend(GroupRead request) {
    topics.require(request.topic());
    return request.token().isEmpty()
        ? lendOnce(request)
        : lendOn(request, Token.parse(request.token().get()));
  }

  @Override
  public void keepOnly(Predicate<String> groups) {
    conversations.keepOnly(groups);
    members.keepOnly(groups);
  }

  private Loan lendOnce(GroupRead request) {
    var warm = members.use(request.group());
    var lending = new Lending(request, false, System.nanoTime());
    try {
      warm.member.read(lending);
      var read = await(lending.answer, request.timeout());
      return new Once(warm, read, read.records());
    } catch (RuntimeException refusal) {
      warm.member.rewind(lending);
      members.done(warm);
      throw refusal;
    }
  }

  /** Committed when it was delivered. */
  private final class Once implements Loan {
    private final WarmMembers.Warm warm;
    private final Lending lending;
    private final List<ReadRecord> records;

    Once(WarmMembers.Warm warm, Lending lending, List<ReadRecord> records) {
      this.warm = warm;
      this.lending = lending;
      this.records = records;
    }

    @Override
    public List<ReadRecord> records() {
      return records;
    }

    @Override
    public String nextToken() {
      return Token.first().toString();
    }

    @Override
    public void delivered() {
      var _ = warm.member.commit(lending).whenComplete((_, _) -> members.done(warm));
    }

    @Override
    public void lost() {
      warm.member.rewind(lending);
      members.done(warm);
    }
  }

  private Loan lendOn(GroupRead request, Token token) {
    var conversation = conversations.of(request, token);
    conversation.begin(request, token);
    try {
      var repeated = token.step() < conversation.step;
      var records = repeated ? again(conversation) : next(conversation, request);
      return new Kept(conversation, records, new Token(token.conversation(), conversation.step));
    } catch (Refusal.Conflict lost) {
      conversations.end(token.conversation(), conversation);
      throw lost;
    } catch (RuntimeException refusal) {
      conversation.end();
      throw refusal;
    }
  }

  private List<ReadRecord> again(Conversation conversation) {
    var last = conversation.outstanding();
    if (last.isEmpty() || conversation.warm == null) {
      return List.of();
    }
    var read = await(conversation.warm.member.readAgain(last.get()), Duration.ZERO);
    return read.records();
  }

  private List<ReadRecord> next(Conversation conversation, GroupRead request) {
    conversations.acknowledge(conversation);
    var warm = members.use(request.group());
    var lending = new Lending(request, true, System.nanoTime());
    try {
      warm.member.read(lending);
      var read = await(lending.answer, request.timeout());
      conversation.keep(warm, read);
      return read.records();
    } catch (RuntimeException refusal) {
      warm.member.rewind(lending);
      members.done(warm);
      throw refusal;
    }
  }

  /** Stays lent until the next call acknowledges it, or nobody asks for too long. */
  private record Kept(Conversation conversation, List<ReadRecord> records, Token next)
      implements Loan {
    @Override
    public String nextToken() {
      return next.toString();
    }

    @Override
    public void delivered() {
      conversation.end();
    }

    @Override
    public void lost() {
      conversation.end();
    }
  }

  static <T> T await(CompletableFuture<T> answer, Duration timeout) {
    try {
      return answer.get(timeout.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException("A member failed for no reason that is a refusal", e);
    } catch (TimeoutException e) {
      throw new Refusal.TimedOut("Kafka did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal.Unavailable("The server is about to stop", RETRY_AFTER);
    }
  }

  /** Members leave their groups; what is lent is read again by others. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    members.close();
  }
}
