package io.kafkafetch.adapter.kafka;

import io.kafkafetch.application.driving.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/**
 * One warm member for each group that is read, let go when nobody has used it for a while. Bounded:
 * when there is no room, the one that was idle longest goes. Safe for any thread.
 */
final class WarmMembers implements AutoCloseable {
  /** Each holds a connection, two threads and up to 4 MiB of what it fetched. */
  private static final int MOST = 64;

  private static final long IDLE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Function<String, LendingMember> open;

  /** Guarded by this object, as is what is in it. */
  private final Map<String, Warm> members = new HashMap<>();

  private boolean closed;

  /** A member and who uses it. */
  static final class Warm {
    final LendingMember member;
    private final String group;
    private int users;
    private long lastUsed;

    private Warm(String group, LendingMember member) {
      this.group = group;
      this.member = member;
      this.lastUsed = System.nanoTime();
    }
  }

  WarmMembers(Function<String, LendingMember> open) {
    this.open = open;
  }

  /** The group's member, which stays while it is used. */
  synchronized Warm use(String group) {
    if (closed) {
      throw new Refusal.Unavailable("The server is about to stop", RETRY_AFTER);
    }
    var warm = members.get(group);
    if (warm == null) {
      makeRoom();
      warm = launch(group);
    }
    warm.users++;
    return warm;
  }

  private Warm launch(String group) {
    try {
      var made = new Warm(group, open.apply(group));
      members.put(group, made);
      made.member.launch(() -> ended(made));
      return made;
    } catch (KafkaException fault) {
      throw ReadFaults.refusal(group, fault);
    }
  }

  private void makeRoom() {
    if (members.size() < MOST) {
      return;
    }
    Warm idle = null;
    for (var warm : members.values()) {
      if (warm.users == 0 && (idle == null || warm.lastUsed - idle.lastUsed < 0)) {
        idle = warm;
      }
    }
    if (idle == null) {
      throw new Refusal.TooMany(
          "As many groups are being read as there is room for (" + MOST + ")", RETRY_AFTER);
    }
    letGo(idle);
  }

  /** One use is over. */
  synchronized void done(Warm warm) {
    warm.users--;
    warm.lastUsed = System.nanoTime();
  }

  private synchronized void ended(Warm warm) {
    members.remove(warm.group, warm);
  }

  private void letGo(Warm warm) {
    members.remove(warm.group, warm);
    warm.member.retire();
  }

  /** Lets those go that nobody has used for a while. */
  synchronized void sweep() {
    long now = System.nanoTime();
    for (var warm : List.copyOf(members.values())) {
      if (warm.users == 0 && now - warm.lastUsed > IDLE_NANOS) {
        letGo(warm);
      }
    }
  }

  /** Lets the members of other groups go, each as soon as nobody uses it. */
  synchronized void keepOnly(Predicate<String> groups) {
    for (var warm : List.copyOf(members.values())) {
      if (warm.users == 0 && !groups.test(warm.group)) {
        letGo(warm);
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(members.values()).forEach(this::letGo);
  }
}
