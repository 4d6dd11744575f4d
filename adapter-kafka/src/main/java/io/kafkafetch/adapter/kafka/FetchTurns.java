package io.kafkafetch.adapter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which of the members that are far behind may fetch now. Two hundred that fetch at the same time
 * hold two hundred fetches in memory and find every cache filled by the others: a record costs half
 * as much again as with ten. So while this process is busy, few of them fetch, each for a while,
 * and then the next ones; while it is not, because sinks make them wait, more and more of them do
 * (ADR 0170). Members that keep up need no turn. Safe for any thread.
 */
final class FetchTurns {
  /** How long a member fetches while others wait. */
  static final Duration SLICE = Duration.ofMillis(500);

  /** A member that cannot give its turn back, because it waits for a broker, loses it. */
  static final Duration LEASE = Duration.ofSeconds(2);

  /** Above this part of all processors the process counts as busy. */
  private static final double BUSY = 0.5;

  /** Below this one sinks have room for more members. */
  private static final double IDLE = 0.4;

  private final int fewest;
  private final Supplier<Duration> cpu;

  /** Since when each has its turn; guarded by this object, as is all that follows. */
  private final Map<Turn, Instant> fetching = new HashMap<>();

  /** Those that have just fallen behind, or come back from a sink that made them wait. */
  private final Deque<Turn> fresh = new ArrayDeque<>();

  /** Those that had a turn and want to go on. */
  private final Deque<Turn> again = new ArrayDeque<>();

  private int places;
  private boolean freshIsNext;
  private Instant measuredAt = Instant.MIN;
  private Duration cpuThen = Duration.ZERO;

  /**
   * Turns for at least that many members at a time.
   *
   * @param cpu the processor time that this process has used
   */
  FetchTurns(int fewest, Supplier<Duration> cpu) {
    this.fewest = fewest;
    this.cpu = cpu;
    places = fewest;
  }

  /** Turns for all members of this process: enough to keep its processors busy. */
  static FetchTurns ofProcess() {
    return new FetchTurns(
        1 + 2 * Runtime.getRuntime().availableProcessors(),
        () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
  }

  /**
   * The turn of one member.
   *
   * @param onGranted told, by any thread, when a turn that was waited for has come
   */
  Turn of(Runnable onGranted) {
    return new Turn(this, onGranted);
  }

  /** One member's; it asks for it at each look while it is behind. */
  static final class Turn {
    private final FetchTurns all;
    private final Runnable onGranted;

    /** Whether it was asked for since it was given back; the member's polling thread alone. */
    private boolean wanted;

    /** Whether it came since it was given back; guarded by {@link #all}, as are the next. */
    private boolean had;

    /** Whether it has come and its member has not looked yet: its time begins with that. */
    private boolean unseen;

    private boolean waiting;

    private Turn(FetchTurns all, Runnable onGranted) {
      this.all = all;
      this.onGranted = onGranted;
    }

    /** Whether the member may fetch; if not, it waits for its turn from now on. */
    boolean take(Instant now) {
      wanted = true;
      return all.take(this, now);
    }

    /** The member needs no turn: it keeps up, waits for its sinks, or ends. */
    void giveBack(Instant now) {
      if (wanted) {
        wanted = false;
        all.giveBack(this, now);
      }
    }
  }

  private boolean take(Turn turn, Instant now) {
    List<Turn> granted;
    synchronized (this) {
      measure(now);
      var since = fetching.get(turn);
      if (since != null && mayGoOn(turn, since, now)) {
        return true;
      }
      fetching.remove(turn);
      if (!turn.waiting) {
        turn.waiting = true;
        (turn.had ? again : fresh).add(turn);
      }
      granted = grant(now);
      turn.unseen &= !granted.contains(turn);
    }
    tell(granted, turn);
    return granted.contains(turn);
  }

  /** Only under the lock. */
  private boolean mayGoOn(Turn turn, Instant since, Instant now) {
    if (turn.unseen) {
      turn.unseen = false;
      fetching.put(turn, now);
      return true;
    }
    boolean over = isOver(since, SLICE, now);
    return !over || (nobodyWaits() && fetching.size() <= places);
  }

  /** A clock that was set back ends it, too. */
  private static boolean isOver(Instant since, Duration time, Instant now) {
    return now.isBefore(since) || !now.isBefore(since.plus(time));
  }

  private void giveBack(Turn turn, Instant now) {
    List<Turn> granted;
    synchronized (this) {
      turn.had = false;
      if (turn.waiting) {
        turn.waiting = false;
        fresh.remove(turn);
        again.remove(turn);
      }
      turn.unseen = false;
      granted = fetching.remove(turn) == null ? List.of() : grant(now);
    }
    tell(granted, turn);
  }

  private static void tell(List<Turn> granted, Turn asking) {
    for (var turn : granted) {
      if (!turn.equals(asking)) {
        turn.onGranted.run();
      }
    }
  }

  /** Only under the lock. */
  private boolean nobodyWaits() {
    return fresh.isEmpty() && again.isEmpty();
  }

  /** Only under the lock. */
  private List<Turn> grant(Instant now) {
    if (fetching.size() >= places) {
      fetching.values().removeIf(since -> isOver(since, LEASE, now));
    }
    var granted = new ArrayList<Turn>();
    while (fetching.size() < places && !nobodyWaits()) {
      var turn = next();
      turn.waiting = false;
      turn.had = true;
      turn.unseen = true;
      fetching.put(turn, now);
      granted.add(turn);
    }
    return granted;
  }

  /**
   * In turn one of each kind: who has just fallen behind is not to wait for all the others, and
   * those are not to wait for ever. Only under the lock.
   */
  private Turn next() {
    freshIsNext = !freshIsNext;
    boolean takeFresh = again.isEmpty() || (freshIsNext && !fresh.isEmpty());
    return takeFresh ? fresh.remove() : again.remove();
  }

  /** Twice as many while there is room, half as many while there is none; under the lock. */
  private void measure(Instant now) {
    if (measuredAt.equals(Instant.MIN) || now.isBefore(measuredAt)) {
      measuredAt = now;
      cpuThen = cpu.get();
    } else if (!now.isBefore(measuredAt.plus(SLICE))) {
      var used = cpu.get();
      double load =
          (double) used.minus(cpuThen).toNanos()
              / Duration.between(measuredAt, now).toNanos()
              / Runtime.getRuntime().availableProcessors();
      measuredAt = now;
      cpuThen = used;
      if (load < IDLE) {
        places =
            Math.min(2 * places, Math.max(fewest, fetching.size() + fresh.size() + again.size()));
      } else if (load > BUSY) {
        places = Math.max(places / 2, fewest);
      }
    }
  }
}
