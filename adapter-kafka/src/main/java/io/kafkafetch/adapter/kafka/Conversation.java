package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.GroupRead;
import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A caller who acknowledges each answer with the token of the next call. Step n's token asks for
 * answer n + 1 and acknowledges answer n. Guarded by itself.
 */
final class Conversation {
  /**
   * A token in its parts.
   *
   * @param step the answer that it acknowledges; 0 for one that needs none
   */
  record Token(String conversation, long step) {
    static Token first() {
      return new Token(UUID.randomUUID().toString(), 0);
    }

    static Token parse(String text) {
      int dot = text.indexOf('.');
      if (dot == 36 && text.length() - dot <= 19) {
        var digits = text.substring(dot + 1);
        if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
          return new Token(text.substring(0, dot), Long.parseLong(digits));
        }
      }
      throw new Refusal.Invalid("token", "must be the next_token of an earlier answer");
    }

    Token next() {
      return new Token(conversation, step + 1);
    }

    @Override
    public String toString() {
      return conversation + "." + step;
    }
  }

  final String group;
  final String topic;

  /** How many answers there were. */
  long step;

  /** The last answer, while its records are lent. */
  @Nullable Lending outstanding;

  WarmMembers.@Nullable Warm warm;

  boolean busy;
  long lastUsed;

  Conversation(GroupRead request) {
    this.group = request.group();
    this.topic = request.topic();
    this.lastUsed = System.nanoTime();
  }

  /** Begins a call; the next one has to wait until {@link #end}. */
  synchronized void begin(GroupRead request, Token token) {
    if (!group.equals(request.group()) || !topic.equals(request.topic())) {
      throw new Refusal.Conflict("This token belongs to another topic or group");
    }
    if (busy) {
      throw new Refusal.Conflict(
          "A call with a token of this conversation is still being answered",
          Duration.ofSeconds(1));
    }
    if (token.step() > step || token.step() < step - 1) {
      throw tooOld();
    }
    busy = true;
  }

  synchronized void end() {
    busy = false;
    lastUsed = System.nanoTime();
  }

  /** Whether nobody has asked for so long; if so, nobody can any more. */
  synchronized boolean claimWhenOver(long now, long leaseNanos) {
    return now - lastUsed > leaseNanos && claim();
  }

  /** Whether no call is in progress; if so, none can begin any more. */
  synchronized boolean claim() {
    boolean free = !busy;
    busy = true;
    return free;
  }

  /** Another answer, whose records stay lent. */
  synchronized void keep(WarmMembers.Warm from, Lending lending) {
    warm = from;
    outstanding = lending;
    step++;
  }

  /** Nothing is lent any more. */
  synchronized void letGo() {
    warm = null;
    outstanding = null;
  }

  synchronized Optional<Lending> outstanding() {
    return Optional.ofNullable(outstanding);
  }

  static Refusal tooOld() {
    return new Refusal.Conflict(
        "This token is an older one, or was not used for too long; nothing was committed, read on"
            + " without a token");
  }
}
