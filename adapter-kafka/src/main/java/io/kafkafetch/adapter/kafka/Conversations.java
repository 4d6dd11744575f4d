package io.kafkafetch.adapter.kafka;

import io.kafkafetch.adapter.kafka.Conversation.Token;
import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The callers who acknowledge with tokens. One that does not come back within the lease is
 * forgotten, and what it was lent is read again by others. Safe for any thread.
 */
final class Conversations {
  /** How long records stay lent to somebody who does not ask for more. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final int MOST = 10_000;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final WarmMembers members;
  private final Map<String, Conversation> all = new ConcurrentHashMap<>();

  Conversations(WarmMembers members) {
    this.members = members;
  }

  /** The conversation that a token belongs to; a new one when it is a first token. */
  Conversation of(GroupRead request, Token token) {
    var known = all.get(token.conversation());
    if (known != null) {
      return known;
    }
    if (token.step() != 0) {
      throw Conversation.tooOld();
    }
    if (all.size() >= MOST) {
      throw new Refusal.TooMany(
          "As many callers read with tokens as there is room for (" + MOST + ")", RETRY_AFTER);
    }
    return all.computeIfAbsent(token.conversation(), _ -> new Conversation(request));
  }

  /** Commits the last answer; nothing is lent after that. */
  void acknowledge(Conversation conversation) {
    var last = conversation.outstanding();
    var warm = conversation.warm;
    if (last.isEmpty() || warm == null) {
      return;
    }
    boolean committed = KafkaRecordLender.await(warm.member.commit(last.get()), Duration.ZERO);
    conversation.letGo();
    members.done(warm);
    if (!committed) {
      throw LendingMember.lostPartition();
    }
  }

  /** Forgets a conversation; what it was lent is read again. */
  void end(String id, Conversation conversation) {
    all.remove(id, conversation);
    var last = conversation.outstanding();
    var warm = conversation.warm;
    if (last.isPresent() && warm != null) {
      warm.member.rewind(last.get());
      conversation.letGo();
      members.done(warm);
    }
  }

  /** Forgets those in other groups, each as soon as no call of it is in progress. */
  void keepOnly(Predicate<String> groups) {
    all.forEach((id, conversation) -> {
      if (!groups.test(conversation.group) && conversation.claim()) {
        end(id, conversation);
      }
    });
  }

  /** Forgets those that did not come back. */
  void sweep() {
    long now = System.nanoTime();
    all.forEach((id, conversation) -> {
      if (conversation.claimWhenOver(now, LEASE.toNanos())) {
        end(id, conversation);
      }
    });
  }
}
