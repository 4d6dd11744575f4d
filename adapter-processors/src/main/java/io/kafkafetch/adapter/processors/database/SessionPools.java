package io.kafkafetch.adapter.processors.database;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One pool for each database and user, while some processor writes there. Thread-safe. */
final class SessionPools {
  /** A share of PostgreSQL's usual hundred that leaves room for other servers and for people. */
  private static final SessionPool.Limits LIMITS =
      new SessionPool.Limits(16, Duration.ofSeconds(10), Duration.ofSeconds(30));

  private final SessionPool.Limits limits;
  private final Map<DatabaseAddress, Shared> pools = new HashMap<>();

  private static final class Shared {
    final SessionPool pool;
    int users;

    Shared(SessionPool pool) {
      this.pool = pool;
    }
  }

  SessionPools() {
    this(LIMITS);
  }

  SessionPools(SessionPool.Limits limits) {
    this.limits = limits;
  }

  /** The pool for an address; {@link #release} must follow. */
  synchronized SessionPool acquire(DatabaseAddress address) {
    var shared = pools.computeIfAbsent(address, a -> new Shared(new SessionPool(a, limits)));
    shared.users++;
    return shared.pool;
  }

  /** Closes the pool when nobody else has it. */
  synchronized void release(SessionPool pool) {
    var shared = pools.get(pool.address());
    if (shared != null && --shared.users == 0) {
      pools.remove(pool.address());
      pool.close();
    }
  }
}
